"""Reading procedure out of prose: text in, events out. No store, no model, no clock."""

from knowledge.procedure.reader import Explanation, explain_claims, explain_events, read_claims, read_events

__all__ = ["Explanation", "explain_claims", "explain_events", "read_claims", "read_events"]
