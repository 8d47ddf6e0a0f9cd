//! Traces against the decisions they explain.
