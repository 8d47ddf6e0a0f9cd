//! What cases run against.

use aws_credential_types::Credentials as SdkCredentials;
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use sekisho::Emulator;

/// Something that claims to be AWS.
#[derive(Clone)]
pub struct Target {
    transport: Transport,
    region: String,
    root: Credentials,
}

#[derive(Clone)]
enum Transport {
    InProcess(Emulator),
    Endpoint(String),
}

/// An access key.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The key's id.
    pub access_key_id: String,
    /// The key's secret.
    pub secret_access_key: String,
    /// What goes along with a temporary key.
    pub session_token: Option<String>,
}

impl Credentials {
    /// From the two halves.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self {
            access_key_id: access_key_id.into(),
            secret_access_key: secret_access_key.into(),
            session_token: None,
        }
    }

    /// The same key with a session token.
    pub fn with_token(self, token: impl Into<String>) -> Self {
        Self {
            session_token: Some(token.into()),
            ..self
        }
    }

    pub(crate) fn to_sdk(&self) -> SdkCredentials {
        SdkCredentials::new(
            &self.access_key_id,
            &self.secret_access_key,
            self.session_token.clone(),
            None,
            "contract",
        )
    }
}

/// The ARN of the function that rotates secrets where one is needed.
pub fn rotation_function(region: &str, account: &str) -> String {
    format!("arn:aws:lambda:{region}:{account}:function:rotate")
}

impl Target {
    /// A fresh emulator in this process. It knows the rotation function of its root's account.
    pub fn in_process() -> Self {
        let function = rotation_function("us-east-1", "000000000000");
        Self::emulator(Emulator::builder().rotation_function(function).build())
    }

    /// An emulator in this process that the caller has made.
    pub fn emulator(emulator: Emulator) -> Self {
        Self {
            transport: Transport::InProcess(emulator),
            region: "us-east-1".to_owned(),
            root: Self::default_root(),
        }
    }

    /// Whatever listens at a URL, with the credentials that emulators agree on.
    pub fn endpoint(url: impl Into<String>) -> Self {
        Self {
            transport: Transport::Endpoint(url.into()),
            region: "us-east-1".to_owned(),
            root: Self::default_root(),
        }
    }

    /// The endpoint named by `CONTRACT_ENDPOINT`, or else a fresh emulator in this process.
    pub fn from_env() -> Self {
        std::env::var("CONTRACT_ENDPOINT").map_or_else(|_| Self::in_process(), Self::endpoint)
    }

    /// The region cases work in.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The credentials of whoever may do everything.
    pub fn root(&self) -> &Credentials {
        &self.root
    }

    /// The emulator, if the target is one in this process.
    pub fn as_emulator(&self) -> Option<&Emulator> {
        match &self.transport {
            Transport::InProcess(emulator) => Some(emulator),
            Transport::Endpoint(_) => None,
        }
    }

    /// The URL that clients must be pointed at; none where AWS's own names will do.
    pub(crate) fn url(&self) -> Option<&str> {
        match &self.transport {
            Transport::InProcess(_) => None,
            Transport::Endpoint(url) => Some(url),
        }
    }

    pub(crate) fn http_client(&self) -> SharedHttpClient {
        match &self.transport {
            Transport::InProcess(emulator) => emulator.http_client(),
            Transport::Endpoint(_) => Builder::new().build_http(),
        }
    }

    fn default_root() -> Credentials {
        Credentials::new("test", "test")
    }
}
