//! Reads JSON with the position of every value, because AWS reports positions and refuses repeated
//! keys.
//!
//! Accepts RFC 8259 and nothing more. Never recurses deeper than [`MAX_DEPTH`], never panics, and
//! never keeps the last of two equal keys silently: both are in the object for the reader to judge.

use std::borrow::Cow;

/// Deeper documents are refused: a policy needs six levels.
const MAX_DEPTH: usize = 32;

/// A value and where it stands: byte offsets, `end` just past its last byte.
#[derive(Debug)]
pub(crate) struct Value<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) data: Data<'a>,
}

#[derive(Debug)]
pub(crate) enum Data<'a> {
    Null,
    Bool(bool),
    /// The number as it is written: policies compare numbers as text or as their operator reads it.
    Number(&'a str),
    String(Cow<'a, str>),
    Array(Vec<Value<'a>>),
    Object(Vec<Member<'a>>),
}

#[derive(Debug)]
pub(crate) struct Member<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) key_start: usize,
    pub(crate) value: Value<'a>,
}

/// The byte offset at which the text stopped being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotJson(pub(crate) usize);

pub(crate) fn read(text: &str) -> Result<Value<'_>, NotJson> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(MAX_DEPTH)?;
    reader.whitespace();
    if reader.at == text.len() {
        Ok(value)
    } else {
        reader.fail()
    }
}

/// A place in a text, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

/// Turns byte offsets into lines and columns. Offsets that ascend are found without going through
/// the text again.
pub(crate) struct Lines<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let position = Position { line: 1, column: 1 };
        Self {
            text,
            offset: 0,
            position,
        }
    }

    /// The line and column of an offset, which must be a character's.
    pub(crate) fn position(&mut self, offset: usize) -> Position {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        for character in passed.chars() {
            if character == '\n' {
                self.position.line += 1;
                self.position.column = 0;
            }
            self.position.column += 1;
        }
        self.offset = offset;
        self.position
    }
}

/// The line and column of one offset.
pub(crate) fn position(text: &str, offset: usize) -> Position {
    Lines::new(text).position(offset)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Value<'a>, NotJson> {
        self.whitespace();
        let start = self.at;
        let data = match self.peek() {
            _ if depth == 0 => return self.fail(),
            Some(b'{') => self.object(depth - 1)?,
            Some(b'[') => self.array(depth - 1)?,
            Some(b'"') => Data::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Data::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(Value {
            start,
            end: self.at,
            data,
        })
    }

    fn object(&mut self, depth: usize) -> Result<Data<'a>, NotJson> {
        let mut members = Vec::new();
        self.expect(b'{')?;
        self.whitespace();
        if self.accept(b'}') {
            return Ok(Data::Object(members));
        }
        loop {
            self.whitespace();
            let key_start = self.at;
            let key = self.string()?;
            self.whitespace();
            self.expect(b':')?;
            let value = self.value(depth)?;
            members.push(Member {
                key,
                key_start,
                value,
            });
            self.whitespace();
            if self.accept(b'}') {
                return Ok(Data::Object(members));
            }
            self.expect(b',')?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Data<'a>, NotJson> {
        let mut values = Vec::new();
        self.expect(b'[')?;
        self.whitespace();
        if self.accept(b']') {
            return Ok(Data::Array(values));
        }
        loop {
            values.push(self.value(depth)?);
            self.whitespace();
            if self.accept(b']') {
                return Ok(Data::Array(values));
            }
            self.expect(b',')?;
        }
    }

    /// Borrows from the text unless there is an escape.
    fn string(&mut self) -> Result<Cow<'a, str>, NotJson> {
        self.expect(b'"')?;
        let mut unescaped: Option<String> = None;
        loop {
            let run = self.at;
            while self
                .peek()
                .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f))
            {
                self.at += 1;
            }
            // Quotes and backslashes are ASCII, so both ends are character boundaries.
            let run = &self.text[run..self.at];
            if let Some(unescaped) = &mut unescaped {
                unescaped.push_str(run);
            }
            if self.accept(b'"') {
                return Ok(unescaped.map_or(Cow::Borrowed(run), Cow::Owned));
            }
            self.expect(b'\\')?;
            let character = self.escape()?;
            unescaped
                .get_or_insert_with(|| run.to_owned())
                .push(character);
        }
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let Some(letter) = self.peek() else {
            return self.fail();
        };
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode_escape(),
            _ => return Err(NotJson(self.at - 1)),
        })
    }

    /// `\uXXXX`, or two of them forming a surrogate pair.
    fn unicode_escape(&mut self) -> Result<char, NotJson> {
        let mut code = self.four_hex_digits()?;
        if (0xd800..0xdc00).contains(&code) {
            self.expect(b'\\')?;
            self.expect(b'u')?;
            let low = self.four_hex_digits()?;
            if !(0xdc00..0xe000).contains(&low) {
                return self.fail();
            }
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(code).ok_or(NotJson(self.at))
    }

    fn four_hex_digits(&mut self) -> Result<u32, NotJson> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return self.fail();
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<&'a str, NotJson> {
        let start = self.at;
        self.accept(b'-');
        if !self.accept(b'0') {
            self.digits()?;
        }
        if self.accept(b'.') {
            self.digits()?;
        }
        if self.accept(b'e') || self.accept(b'E') {
            let _sign = self.accept(b'+') || self.accept(b'-');
            self.digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { self.fail() }
    }

    fn word(&mut self) -> Result<Data<'a>, NotJson> {
        let rest = &self.text[self.at..];
        let words = [
            ("null", Data::Null),
            ("true", Data::Bool(true)),
            ("false", Data::Bool(false)),
        ];
        for (word, data) in words {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(data);
            }
        }
        self.fail()
    }

    fn whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), NotJson> {
        if self.accept(byte) {
            Ok(())
        } else {
            self.fail()
        }
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fail<T>(&self) -> Result<T, NotJson> {
        Err(NotJson(self.at))
    }
}

#[cfg(test)]
mod tests;
