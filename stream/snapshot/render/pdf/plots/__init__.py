"""Plots as SVG: pure functions from figures to drawings that are read without colours and without a legend."""
