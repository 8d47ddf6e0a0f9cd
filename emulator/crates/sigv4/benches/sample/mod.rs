//! Requests to measure with, rightly signed.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sekisho_sigv4::{Claim, Error, Expected, Request, SecretKey};
use sha2::Sha256;

pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const SERVICE: &str = "secretsmanager";
const SCOPE: [&str; 4] = ["20150830", "eu-west-1", SERVICE, "aws4_request"];
const DATE: &str = "20150830T123600Z";
/// The same.
const NOW: u64 = 1_440_938_160;

/// A signed request with its canonical form.
pub(crate) struct Sample {
    request: Request<'static>,
    pub(crate) canonical: String,
}

impl Sample {
    /// GetSecretValue as boto3 sends it.
    pub(crate) fn boto3() -> Self {
        let agent = "Boto3/1.40.1 md/Botocore#1.40.1 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.2 \
                     md/pyimpl#CPython m/Z,b,D cfg/retry-mode#standard Botocore/1.40.1";
        let headers = [
            ("host", "secretsmanager.eu-west-1.amazonaws.com"),
            ("accept-encoding", "identity"),
            ("x-amz-target", "secretsmanager.GetSecretValue"),
            ("content-type", "application/x-amz-json-1.1"),
            ("user-agent", agent),
            ("x-amz-date", DATE),
            (
                "amz-sdk-invocation-id",
                "8f1a6ff4-7a5e-4b0c-9d8e-0c5f0a1d2b3c",
            ),
            ("amz-sdk-request", "ttl=20150830T123700Z; attempt=1; max=3"),
            ("content-length", "90"),
            ("connection", "keep-alive"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let body = r#"{"SecretId": "arn:aws:secretsmanager:eu-west-1:000000000000:secret:prod/database-AbC123"}"#;
        Self::sign(
            headers.into(),
            "content-type;host;x-amz-date;x-amz-target",
            body,
        )
    }

    /// 100 headers in 16 KiB, almost all signed, whose names are alike up to the last letters, in the worst order.
    pub(crate) fn hostile() -> Self {
        let names: Vec<String> = (0..97)
            .rev()
            .map(|i| format!("x-amz-{}{i:02}", "a".repeat(68)))
            .collect();
        let list = format!("x-amz-date;{};host", names.join(";"));
        let mut headers: Vec<_> = names.into_iter().map(|name| (name, "a a".into())).collect();
        headers.push(("x-amz-date".into(), DATE.into()));
        headers.push(("host".into(), "localhost".into()));
        Self::sign(headers, &list, "")
    }

    /// The verifier itself says what is to be signed.
    fn sign(mut headers: Vec<(String, String)>, list: &str, body: &'static str) -> Self {
        let authorization = |signature: &str| {
            let scope = SCOPE.join("/");
            let header = format!(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders={list}, Signature={signature}"
            );
            ("authorization".to_owned(), header)
        };
        headers.push(authorization(""));
        let refusal = Self::of(&headers, body).verify(&SecretKey::new(SECRET));
        let Err(Error::Mismatch(mismatch)) = refusal else {
            panic!("{refusal:?}")
        };
        let key = SCOPE
            .iter()
            .fold(format!("AWS4{SECRET}").into_bytes(), |key, part| {
                hmac(&key, part)
            });
        let signature = hmac(&key, &mismatch.string_to_sign);
        let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        headers.pop();
        headers.push(authorization(&hex));
        Self {
            canonical: mismatch.canonical_request,
            ..Self::of(&headers, body)
        }
    }

    fn of(headers: &[(String, String)], body: &'static str) -> Self {
        let headers: Vec<(&'static str, &'static [u8])> = headers
            .iter()
            .map(|(name, value)| (&*name.clone().leak(), value.clone().leak().as_bytes()))
            .collect();
        Self {
            request: Request {
                method: "POST",
                path: "/",
                query: "",
                headers: headers.leak(),
                authority: None,
                body: body.as_bytes(),
            },
            canonical: String::new(),
        }
    }

    /// All that the server does.
    pub(crate) fn verify(&self, key: &SecretKey) -> Result<(), Error> {
        let claim = Claim::read(&self.request)?;
        let expected = Expected {
            service: SERVICE,
            skew: Duration::from_secs(300),
            region_is_valid: true,
            honours_expires: true,
        };
        claim.check(NOW, &expected)?;
        key.verify(&claim, &self.request)
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
