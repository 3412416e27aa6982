"""The video conferences (hội nghị truyền hình) of the made-up district: rooms, sites, lines, and what goes wrong."""
