"""The alerting service: evaluates the rules, sends what became of alerts, and escalates what nobody answers."""
