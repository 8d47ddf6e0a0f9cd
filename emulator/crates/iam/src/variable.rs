//! Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'nobody'}`, and the escapes `${*}`,
//! `${?}` and `${$}`.
//!
//! A template is taken apart when it is compiled and never put together: it is matched piece by
//! piece, so that deciding allocates nothing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use crate::arn;
use crate::condition::lower::lower_case;
use crate::glob::{self, Case, Token, Tokens};
use crate::request::{Context, Value};

/// A text with wildcards and variables.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// As it is written.
    text: Box<str>,
    pieces: Box<[Piece]>,
}

#[derive(Debug, Clone)]
enum Piece {
    /// In which `*` and `?` are wildcards where the use of the template has any.
    Pattern(Box<str>),
    /// An escaped character.
    Literal(Box<str>),
    Variable {
        key: Box<str>,
        default: Option<Box<str>>,
    },
}

impl Template {
    /// Takes a text apart. `has_variables` is whether `${` begins a variable here at all; it does
    /// not in the policy language of 2008.
    pub(crate) fn new(text: &str, has_variables: bool) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("${").filter(|_| has_variables) {
            let Some(length) = rest[start..].find('}') else {
                break;
            };
            push_pattern(&mut pieces, &rest[..start]);
            pieces.push(Piece::variable(&rest[start + 2..start + length]));
            rest = &rest[start + length + 1..];
        }
        push_pattern(&mut pieces, rest);
        Self {
            text: text.into(),
            pieces: pieces.into(),
        }
    }

    /// As it is written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is one plain text, with wildcards at most.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(&*self.pieces, [] | [Piece::Pattern(_)])
    }

    /// The text before the first wildcard or variable: whatever matches begins with it.
    pub(crate) fn beginning(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Pattern(text)) => text.find(['*', '?']).map_or(&**text, |at| &text[..at]),
            _ => "",
        }
    }

    /// All that stands in `${…}`: the keys, and the characters that are escaped.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(&**key),
            Piece::Literal(character) => Some(&**character),
            Piece::Pattern(_) => None,
        })
    }

    /// The condition keys it takes its text from.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(&**key),
            _ => None,
        })
    }

    /// Those of them that have neither a single value nor a default.
    pub(crate) fn unresolved<'a>(
        &'a self,
        context: &'a Context<'_>,
    ) -> impl Iterator<Item = &'a str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } if piece.text(context).is_none() => Some(&**key),
            _ => None,
        })
    }

    /// The text with its variables filled in, for people: what was filled in is not told apart from
    /// wildcards any more. None if one has no value.
    pub(crate) fn filled(&self, context: &Context<'_>) -> Option<String> {
        self.pieces
            .iter()
            .map(|piece| piece.text(context))
            .collect()
    }

    /// Whether the whole text matches, `*` and `?` being wildcards.
    pub(crate) fn is_like(&self, text: &str, context: &Context<'_>) -> bool {
        if self.is_plain() {
            return glob::general(self.text.as_bytes(), text.as_bytes(), Case::Sensitive);
        }
        self.resolves(context)
            && glob::general(self.cursor(context), text.as_bytes(), Case::Sensitive)
    }

    /// Like [`Self::is_like`], each part of an ARN apart. None if the text, filled in, is no ARN.
    pub(crate) fn is_like_arn(&self, arn: &str, context: &Context<'_>) -> Option<bool> {
        if !self.resolves(context) {
            return Some(false);
        }
        // A plain one was looked at when it was compiled.
        let is_arn = self.is_plain() || arn::is_arn(self.texts(context).flat_map(str::bytes));
        is_arn.then(|| glob::arn(self.cursor(context), arn.as_bytes()))
    }

    /// Whether the text is equal; wildcards are plain characters.
    pub(crate) fn equals(&self, text: &str, case: Case, context: &Context<'_>) -> bool {
        let characters = || self.texts(context).flat_map(str::chars);
        match case {
            Case::Sensitive if self.is_plain() => *self.text == *text,
            _ if !self.resolves(context) => false,
            Case::Sensitive => characters().eq(text.chars()),
            Case::Insensitive => lower_case(characters()).eq(lower_case(text.chars())),
        }
    }

    /// The text as a boolean; None if a variable has no value.
    pub(crate) fn is_true(&self, context: &Context<'_>) -> Option<bool> {
        let is_true = || self.equals("true", Case::Insensitive, context);
        self.resolves(context).then(is_true)
    }

    /// The pieces, filled in.
    fn texts<'a>(&'a self, context: &'a Context<'_>) -> impl Iterator<Item = &'a str> + Clone {
        let pieces = self.pieces.iter();
        pieces.map(|piece| piece.text(context).unwrap_or_default())
    }

    /// A text with a variable that has no value matches nothing.
    fn resolves(&self, context: &Context<'_>) -> bool {
        self.pieces
            .iter()
            .all(|piece| piece.text(context).is_some())
    }

    fn cursor<'a>(&'a self, context: &'a Context<'a>) -> Cursor<'a> {
        Cursor {
            context,
            pieces: &self.pieces,
            current: b"",
            has_wildcards: false,
        }
    }
}

fn push_pattern(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Pattern(text.into()));
    }
}

impl Piece {
    /// What stands between `${` and `}`.
    fn variable(inside: &str) -> Self {
        if matches!(inside, "*" | "?" | "$") {
            return Self::Literal(inside.into());
        }
        // Anything but a key, or a key, comma, space and quoted default, names no key that exists.
        let with_default = inside.split_once(", '").and_then(|(key, default)| {
            let default = default.strip_suffix('\'')?;
            Some((key, Some(default.into())))
        });
        let (key, default) = with_default.unwrap_or((inside, None));
        Self::Variable {
            key: key.into(),
            default,
        }
    }

    /// None for a variable that has neither a single value nor a default. A key that can have several
    /// values gives none, not even the default. What is filled in is literal: a `*` in a tag is no
    /// wildcard.
    fn text<'a>(&'a self, context: &'a Context<'_>) -> Option<&'a str> {
        match self {
            Self::Pattern(text) | Self::Literal(text) => Some(text),
            Self::Variable { key, default } => match context.value(key) {
                Some(Value::One(value)) => Some(value),
                Some(Value::Many(values)) if !values.is_empty() => None,
                Some(Value::Many(_)) | None => default.as_deref(),
            },
        }
    }
}

/// A place in a template.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    context: &'a Context<'a>,
    /// Not begun yet.
    pieces: &'a [Piece],
    current: &'a [u8],
    has_wildcards: bool,
}

impl Tokens for Cursor<'_> {
    fn next(&mut self) -> Option<Token> {
        while self.current.is_empty() {
            let (piece, rest) = self.pieces.split_first()?;
            self.pieces = rest;
            self.current = piece.text(self.context).unwrap_or_default().as_bytes();
            self.has_wildcards = matches!(piece, Piece::Pattern(_));
        }
        if self.has_wildcards {
            return Tokens::next(&mut self.current);
        }
        let (first, rest) = self.current.split_first()?;
        self.current = rest;
        Some(Token::Byte(*first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context<'static> {
        let mut context = Context::default();
        context.insert("aws:username", Value::One("ann".into()));
        context.insert("aws:PrincipalTag/team", Value::One("a*b".into()));
        context.insert("aws:PrincipalTag/none", Value::One("".into()));
        context.insert(
            "aws:PrincipalArn",
            Value::One("arn:aws:iam::1:user/ann".into()),
        );
        context.insert("aws:TagKeys", Value::Many(vec!["one".into()]));
        context.insert("aws:NoKeys", Value::Many(vec![]));
        context
    }

    #[test]
    fn table() {
        let context = context();
        for (template, text, like, equal) in [
            ("home/${aws:username}/*", "home/ann/x", true, false),
            ("home/${AWS:UserName}/*", "home/bob/x", false, false),
            ("${aws:username}", "ann", true, true),
            ("x${aws:username}${aws:username}", "xannann", true, true),
            ("${aws:PrincipalTag/team}", "a*b", true, true),
            ("${aws:PrincipalTag/team}", "axb", false, false),
            ("[${aws:PrincipalTag/none}]", "[]", true, true),
            ("${aws:TagKeys}", "one", false, false),
            ("${aws:TagKeys, 'one'}", "one", false, false),
            ("${aws:NoKeys, 'one'}", "one", true, true),
            ("${aws:nobody}", "", false, false),
            ("${aws:nobody, 'x'}", "x", true, true),
            ("${aws:nobody,'x'}", "x", false, false),
            ("${ aws:username }", "ann", false, false),
            ("${aws:nobody, x}", "x", false, false),
            ("${aws:nobody, 'x*'}", "xy", false, false),
            ("a${*}", "a*", true, true),
            ("a${*}", "ab", false, false),
            ("${?}${$}", "?$", true, true),
            ("${aws:username", "${aws:username", true, true),
            ("a*", "a*", true, true),
            ("a*", "ab", true, false),
            ("${}", "", false, false),
        ] {
            let template = Template::new(template, true);
            assert_eq!(
                template.is_like(text, &context),
                like,
                "{template:?} like {text}"
            );
            let equals = template.equals(text, Case::Sensitive, &context);
            assert_eq!(equals, equal, "{template:?} equals {text}");
        }
    }

    #[test]
    fn before_2012_it_is_plain_text() {
        let template = Template::new("${aws:username}*", false);
        assert!(template.is_plain() && template.is_like("${aws:username}", &context()));
        assert!(!template.is_like("ann", &context()));
    }

    #[test]
    fn case_is_ignored_beyond_ascii() {
        let template = Template::new("É${aws:username}", true);
        assert!(template.equals("éANN", Case::Insensitive, &context()));
        assert!(!template.equals("éANN", Case::Sensitive, &context()));
    }

    #[test]
    fn a_variable_may_hold_an_arn() {
        let template = Template::new("${aws:PrincipalArn}", true);
        let is_like = |arn| template.is_like_arn(arn, &context());
        assert_eq!(is_like("arn:aws:iam::1:user/ann"), Some(true));
        assert_eq!(is_like("arn:aws:iam::1:user/bob"), Some(false));
        assert_eq!(template.keys().collect::<Vec<_>>(), ["aws:PrincipalArn"]);
        let no_arn = Template::new("${aws:username}", true);
        assert_eq!(
            no_arn.is_like_arn("arn:aws:iam::1:user/ann", &context()),
            None
        );
    }
}
