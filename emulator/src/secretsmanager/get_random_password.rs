//! GetRandomPassword.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html>

use serde::{Deserialize, Serialize};

use super::Error;
use super::model::{Alphabet, Kinds};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::sensitive::Disclosed;
use crate::wire::Member;

pub(super) struct GetRandomPassword;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Input {
    password_length: Option<usize>,
    exclude_characters: String,
    exclude_numbers: bool,
    exclude_punctuation: bool,
    exclude_uppercase: bool,
    exclude_lowercase: bool,
    include_space: bool,
    require_each_included_type: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    random_password: Disclosed<String>,
}

const DEFAULT_LENGTH: usize = 32;

impl Operation for GetRandomPassword {
    const NAME: &'static str = "GetRandomPassword";
    const MEMBERS: &'static [Member] = &[
        Member::integer("PasswordLength", 1, 4096),
        Member::string("ExcludeCharacters", 0, 4096),
        Member::boolean("ExcludeNumbers"),
        Member::boolean("ExcludePunctuation"),
        Member::boolean("ExcludeUppercase"),
        Member::boolean("ExcludeLowercase"),
        Member::boolean("IncludeSpace"),
        Member::boolean("RequireEachIncludedType"),
    ];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn demands(_: &Input, _: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::without_resource("secretsmanager:GetRandomPassword")]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let kinds = Kinds {
            numbers: !input.exclude_numbers,
            punctuation: !input.exclude_punctuation,
            uppercase: !input.exclude_uppercase,
            lowercase: !input.exclude_lowercase,
            space: input.include_space,
        };
        let alphabet = Alphabet::new(kinds, &input.exclude_characters);
        let length = input.password_length.unwrap_or(DEFAULT_LENGTH);
        let requires_each = input.require_each_included_type.unwrap_or(true);
        if kinds.count() == 0 {
            return Err(Error::NothingForPassword);
        }
        if alphabet.kinds() == 0 || requires_each && alphabet.kinds() < kinds.count() {
            return Err(Error::NothingOfKindForPassword);
        }
        if requires_each && length < alphabet.kinds() {
            return Err(Error::PasswordTooShort);
        }
        let random = |out: &mut [u8]| call.environment.secret_bytes(out);
        Ok(Output {
            random_password: Disclosed(alphabet.password(length, requires_each, random)),
        })
    }
}
