"""Sources that disagree: what their sentences claim in figures and dates, and which of them do not go together."""
