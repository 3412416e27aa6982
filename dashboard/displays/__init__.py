"""Wall displays (màn hình treo tường): how one is enrolled, approved, seen and revoked.

A display is a key pair that never leaves its device. It shows a code; an administrator types the code in and says what
it is to show; from then on it proves its key and opens one wall, its own rotation, and nothing else (dashboard/access).
"""
