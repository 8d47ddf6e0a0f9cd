//! Why rotation rules are refused, with the texts of all refusals.

/// Why rotation rules are refused. The code is `InvalidParameterException` for all of them. The texts
/// are AWS's, as deployments through CloudFormation met them, but for the two that say otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ScheduleError {
    /// Days and an expression.
    #[error("You cannot specify both rotation frequency and schedule expression together.")]
    DaysAndExpression,
    /// Neither days nor an expression. The text is ours.
    #[error("Rotation rules need AutomaticallyAfterDays or ScheduleExpression.")]
    Nothing,
    /// Days beyond the model's limits, which are checked before. The text is ours.
    #[error("AutomaticallyAfterDays must be between 1 and 1000.")]
    Days,
    /// An expression that is refused without a reason being told.
    #[error("Invalid schedule expression.")]
    Expression(Flaw),
    /// A rate in hours that is too short, or at home among the days.
    #[error("Rate in hour should be least 4 and less than 24.")]
    RateInHours,
    /// A rate in days that is none, or too long. 1000 days were seen to be accepted all the same.
    #[error("Rate in day should be greater than 0 and less than 1000.")]
    RateInDays,
    /// A duration that is none of `1h` to `24h`.
    #[error("Duration must be at least 1 hour, at most 24 hour.")]
    Duration,
    /// A window that reaches into the next one.
    #[error("Duration cannot be greater than Rate in hour.")]
    IntoNextWindow,
    /// A window that reaches into the next day.
    #[error("Starting hour and duration must be within a day.")]
    IntoNextDay,
}

/// What is wrong with an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// Neither `rate()` nor `cron()`.
    Kind,
    /// A `rate()` that is not a number and a unit.
    Rate,
    /// A `cron()` without six fields.
    Fields,
    /// Minutes other than 0.
    Minutes,
    /// A year.
    Year,
    /// A field that cannot be read; its name.
    Field(&'static str),
    /// Days of the month and of the week, or neither.
    DayFields,
    /// Hours less than 4 apart.
    TooOften,
    /// A year in which no day fits.
    NotEveryYear,
}
