//! The inputs of AWS's models as data: members, what they hold, and within which limits. Checking
//! them is the affair of `constraints`.

/// A member of an input structure.
pub struct Member {
    /// The name on the wire, such as `SecretId`.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether the input is refused without it.
    pub required: bool,
    /// Whether its value may be shown in an error.
    pub sensitive: bool,
}

impl Member {
    /// A member that may be left out.
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            shape,
            required: false,
            sensitive: false,
        }
    }

    /// A text whose length in characters is bounded.
    pub const fn string(name: &'static str, min: usize, max: usize) -> Self {
        Self::new(name, Shape::string(min, max))
    }

    /// A truth value.
    pub const fn boolean(name: &'static str) -> Self {
        Self::new(name, Shape::Boolean)
    }

    /// A whole number.
    pub const fn integer(name: &'static str, min: i64, max: i64) -> Self {
        Self::new(name, Shape::Integer { min, max })
    }

    /// The same, but required.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, but never shown.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }
}

/// What a member holds, and within which limits.
pub enum Shape {
    /// Text.
    String {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// What the whole text must match.
        pattern: Option<Pattern>,
        /// The only values allowed; empty for any.
        values: &'static [&'static str],
        /// Whether the model says of an item of a list that it may not be missed out. None may,
        /// said or not; but only then is this among the rules that an error shows.
        never_null: bool,
    },
    /// Bytes, in base64 on the wire.
    Blob {
        /// Fewest bytes.
        min: usize,
        /// Most bytes.
        max: usize,
    },
    /// A truth value.
    Boolean,
    /// A whole number.
    Integer {
        /// Least.
        min: i64,
        /// Greatest.
        max: i64,
    },
    /// A list.
    List {
        /// What each item is.
        of: &'static Shape,
        /// Fewest items.
        min: usize,
        /// Most items.
        max: usize,
    },
    /// A structure.
    Structure(&'static [Member]),
}

impl Shape {
    /// Text of bounded length.
    pub const fn string(min: usize, max: usize) -> Self {
        Self::String {
            min,
            max,
            pattern: None,
            values: &[],
            never_null: false,
        }
    }

    /// Text of bounded length that matches a pattern.
    pub const fn pattern(min: usize, max: usize, pattern: Pattern) -> Self {
        Self::String {
            min,
            max,
            pattern: Some(pattern),
            values: &[],
            never_null: false,
        }
    }

    /// One of a few words.
    pub const fn one_of(values: &'static [&'static str]) -> Self {
        Self::String {
            min: 0,
            max: usize::MAX,
            pattern: None,
            values,
            never_null: false,
        }
    }

    /// The same text as an item of a list of which the model says that it may not be missed out.
    pub const fn never_null(mut self) -> Self {
        if let Self::String { never_null, .. } = &mut self {
            *never_null = true;
        }
        self
    }
}

/// A pattern of the model: the text AWS's message shows, and the rule itself.
#[derive(Clone, Copy)]
pub struct Pattern {
    /// The regular expression as the model has it.
    pub text: &'static str,
    /// Whether a text matches as a whole.
    pub matches: fn(&str) -> bool,
}
