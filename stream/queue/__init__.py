"""The queue (danh sách việc): every open case in memory, followed as events are applied, at any moment by the clock."""
