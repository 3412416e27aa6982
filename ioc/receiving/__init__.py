"""The receiver of snapshots (bên nhận): what a province runs to take packages, check them and keep them."""
