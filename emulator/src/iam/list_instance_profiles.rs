//! ListInstanceProfiles: the instance profiles of the account, or those under a path.
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>

use serde::{Deserialize, Serialize};

use super::model::InstanceProfile;
use super::paging::{Paging, Rest};
use super::view_role::InstanceProfileView;
use super::{Error, check, demand, members};
use crate::authorization::{Authorized, Demand};
use crate::operation::{Call, Operation};
use crate::wire::Member;
use crate::wire::aws_query::Members;

pub(super) struct ListInstanceProfiles;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    path_prefix: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Output {
    instance_profiles: Members<InstanceProfileView>,
    #[serde(flatten)]
    rest: Rest,
}

impl Operation for ListInstanceProfiles {
    const NAME: &'static str = "ListInstanceProfiles";
    const MEMBERS: &'static [Member] = &[members::PATH_PREFIX, members::MARKER, members::MAX_ITEMS];
    type Input = Input;
    type Output = Output;
    type Error = Error;

    fn check(input: &Input) -> Result<(), Error> {
        check::given(input.path_prefix.as_deref(), check::path_prefix)
    }

    fn demands(input: &Input, call: &mut Call<'_>) -> Vec<Demand> {
        vec![Demand::on(
            "iam:ListInstanceProfiles",
            demand::instance_profiles_under(call, input.prefix()),
        )]
    }

    fn run(input: Authorized<'_, Input>, call: &mut Call<'_>) -> Result<Output, Error> {
        let (all, key) = (InstanceProfile::all, InstanceProfile::key);
        let profiles = input.paging.records::<InstanceProfile>(call, all, key)?;
        let listed = profiles
            .filter(|(_, profile)| profile.path.starts_with(input.prefix()))
            .map(|(name, profile)| (name, InstanceProfileView::plain(&profile, call)));
        let (instance_profiles, rest) = input.paging.page(listed)?;
        Ok(Output {
            instance_profiles,
            rest,
        })
    }
}

impl Input {
    fn prefix(&self) -> &str {
        self.path_prefix.as_deref().unwrap_or("/")
    }
}
