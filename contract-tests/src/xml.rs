//! XML as IAM and STS answer it: elements with text or with elements, and nothing else. It reads
//! what a server wrote, and never repairs it.

use std::fmt;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// An element.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// The namespace that it declares.
    pub namespace: Option<String>,
    /// Its text; none of an element that holds elements.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// Reads a document of these; else says what is wrong with it.
    pub fn read(document: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(document);
        // At the bottom is what holds the root.
        let mut open = vec![Self::default()];
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            let text = match event {
                Event::Start(start) => {
                    open.push(Self::begun_by(&start)?);
                    continue;
                }
                Event::Empty(start) => {
                    let element = Self::begun_by(&start)?;
                    innermost(&mut open)?.children.push(element);
                    continue;
                }
                Event::End(_) => {
                    let element = open.pop().unwrap_or_default().closed()?;
                    innermost(&mut open)?.children.push(element);
                    continue;
                }
                Event::Eof => break,
                Event::Decl(_) => continue,
                Event::Text(text) => text.xml10_content().into_owned(),
                Event::GeneralRef(reference) => character(&reference)?,
                other => return Err(format!("no {other:?} is expected")),
            };
            innermost(&mut open)?.text.push_str(&text);
        }
        let mut document = match <[Self; 1]>::try_from(open) {
            Ok([document]) => document.closed()?,
            Err(open) => return Err(format!("{} elements are left open", open.len() - 1)),
        };
        match (document.children.pop(), document.children.len()) {
            (Some(root), 0) => Ok(root),
            _ => Err("there is not one root".to_owned()),
        }
    }

    /// The first element in it of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    fn begun_by(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut element = Self {
            name: start.name().0.to_owned(),
            ..Self::default()
        };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            if attribute.key.0 != "xmlns" {
                return Err(format!("{} has an attribute", element.name));
            }
            element.namespace = Some(attribute.value.into_owned());
        }
        Ok(element)
    }

    /// White space between elements is layout.
    fn closed(mut self) -> Result<Self, String> {
        if !self.children.is_empty() {
            if !self.text.trim().is_empty() {
                return Err(format!("{} has text beside elements", self.name));
            }
            self.text.clear();
        }
        Ok(self)
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            text,
            children,
            ..
        } = self;
        if text.is_empty() && children.is_empty() {
            return write!(f, "<{name}/>");
        }
        write!(f, "<{name}>{text}")?;
        children.iter().try_for_each(|child| child.fmt(f))?;
        write!(f, "</{name}>")
    }
}

fn innermost(open: &mut [Element]) -> Result<&mut Element, String> {
    open.last_mut().ok_or_else(|| "an end too many".to_owned())
}

fn character(reference: &BytesRef<'_>) -> Result<String, String> {
    let character = reference
        .resolve_char_ref()
        .map_err(|error| error.to_string())?;
    if let Some(character) = character {
        return Ok(character.into());
    }
    let name = reference.xml10_content();
    resolve_predefined_entity(&name)
        .map(str::to_owned)
        .ok_or_else(|| format!("&{name}; is unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_as_they_are_written() {
        let document =
            "<A xmlns=\"urn:x\">\n  <B>a &lt;&#38;&gt; \u{e4} </B>\n  <C/>\n  <D></D>\n</A>\n";
        let root = Element::read(document).unwrap();
        assert_eq!(root.namespace.as_deref(), Some("urn:x"));
        assert_eq!(root.child("B").unwrap().text, "a <&> \u{e4} ");
        assert_eq!((root.children.len(), root.text.as_str()), (3, ""));
        assert_eq!(root.child("C").unwrap().children, []);
        assert_eq!(root.to_string(), "<A><B>a <&> \u{e4} </B><C/><D/></A>");
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for bad in [
            "",
            "text",
            "<A/><B/>",
            "<A/>text",
            "<A>",
            "<A></B>",
            "</A>",
            "<A>text<B/></A>",
            "<A b=\"c\"/>",
            "<A>&none;</A>",
            "<A><!-- --></A>",
            "<A><![CDATA[a]]></A>",
            "<A>a & b</A>",
        ] {
            assert!(Element::read(bad).is_err(), "{bad}");
        }
    }
}
