//! Where statements stand in a text by the simulator's count.

use crate::document::{Position, Span};
use crate::json::{self, Data};

/// The place of each statement as the simulator tells it. It stands just after a token and counts
/// from 1: a statement begins after the bracket that opens the list, or after its own brace if it
/// is the only one without a list, or where the one before it ends; it ends after its own brace.
/// A line ends with a line feed, a carriage return, or both.
///
/// Empty for a text that is no policy.
///
/// ```
/// let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
/// let [span] = sekisho_iam::simulation::spans(text)[..] else { unreachable!() };
/// assert_eq!((span.start.column, span.end.column), (38, 84));
/// ```
pub fn spans(text: &str) -> Vec<Span> {
    let Ok(root) = json::read(text) else {
        return Vec::new();
    };
    let Data::Object(members) = &root.data else {
        return Vec::new();
    };
    let statement = members.iter().find(|member| member.key == "Statement");
    let offsets: Vec<(usize, usize)> = match statement.map(|member| &member.value) {
        Some(value) if matches!(value.data, Data::Object(_)) => vec![(value.start + 1, value.end)],
        Some(value) => match &value.data {
            Data::Array(items) => {
                let ends = items.iter().map(|item| item.end);
                let starts = std::iter::once(value.start + 1).chain(ends.clone());
                starts.zip(ends).collect()
            }
            _ => Vec::new(),
        },
        None => Vec::new(),
    };
    let mut cursor = Cursor::new(text);
    offsets
        .into_iter()
        .map(|(start, end)| Span {
            start: cursor.position(start),
            end: cursor.position(end),
        })
        .collect()
}

/// Turns offsets that ascend into positions in one pass.
struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
    after_return: bool,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            offset: 0,
            position: Position { line: 1, column: 1 },
            after_return: false,
        }
    }

    fn position(&mut self, offset: usize) -> Position {
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        for character in passed.chars() {
            match character {
                // The second half of a line's end that was counted.
                '\n' if self.after_return => {}
                '\n' | '\r' => {
                    self.position.line += 1;
                    self.position.column = 1;
                }
                _ => self.position.column += 1,
            }
            self.after_return = character == '\r';
        }
        self.offset = offset;
        self.position
    }
}
