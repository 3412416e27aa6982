"""Alerts (cảnh báo): rules as data, one alert for one cause, told once to those who have to know."""
