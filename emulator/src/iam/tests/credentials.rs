//! What users have beside access keys: passwords, and what nobody can have here.

use super::{Client, all};

const LISTS: [(&str, &str); 4] = [
    ("ListMFADevices", "MFADevices"),
    ("ListSSHPublicKeys", "SSHPublicKeys"),
    ("ListSigningCertificates", "Certificates"),
    (
        "ListServiceSpecificCredentials",
        "ServiceSpecificCredentials",
    ),
];
const ALICE: (&str, &str) = ("UserName", "alice");
const UNKNOWN: &str = "404 NoSuchEntity: The user with name alice cannot be found.";
const PASSWORD: (&str, &str) = ("Password", "correct Horse 1");

#[tokio::test]
async fn what_nobody_can_have_is_listed_empty() {
    let iam = Client::new();
    for (action, _) in LISTS {
        assert_eq!(iam.refused(action, &[ALICE]).await, UNKNOWN, "{action}");
    }
    iam.user("alice").await;
    let alice = iam.as_holder_of(&iam.access_key("alice").await);
    for (action, list) in LISTS {
        let empty = format!("<{list}/><IsTruncated>false</IsTruncated>");
        for (who, parameters) in [(&iam, &[ALICE][..]), (&iam, &[]), (&alice, &[])] {
            let answer = who.ok(action, parameters).await;
            assert!(answer.contains(&empty), "{answer}");
        }
        let refused = iam.refused(action, &[ALICE, ("Marker", "x")]).await;
        assert_eq!(refused, "400 ValidationError: Invalid Marker.");
    }
    let all_users = [("AllUsers", "true")];
    iam.ok("ListServiceSpecificCredentials", &all_users).await;
    for status in ["Assigned", "Unassigned", "Any"] {
        let answer = iam
            .ok("ListVirtualMFADevices", &[("AssignmentStatus", status)])
            .await;
        assert!(answer.contains("<VirtualMFADevices/>"), "{answer}");
    }
    assert_eq!(
        iam.refused("ListVirtualMFADevices", &[("AssignmentStatus", "any")])
            .await,
        "400 ValidationError: 1 validation error detected: Value at 'assignmentStatus' failed to satisfy constraint: Member must satisfy enum value set: [Assigned, Unassigned, Any]"
    );
}

#[tokio::test]
async fn a_password_is_given_changed_and_taken_away() {
    let iam = Client::new();
    let none = "404 NoSuchEntity: Login Profile for User Alice cannot be found.";
    let create = [ALICE, PASSWORD];
    for (action, parameters) in [
        ("CreateLoginProfile", &create[..]),
        ("GetLoginProfile", &create[..1]),
        ("UpdateLoginProfile", &create[..]),
        ("DeleteLoginProfile", &create[..1]),
    ] {
        assert_eq!(iam.refused(action, parameters).await, UNKNOWN, "{action}");
    }
    iam.user("Alice").await;
    for action in [
        "GetLoginProfile",
        "UpdateLoginProfile",
        "DeleteLoginProfile",
    ] {
        assert_eq!(iam.refused(action, &[ALICE]).await, none, "{action}");
    }

    let made = iam.ok("CreateLoginProfile", &create).await;
    let profile = all(&made, "LoginProfile");
    assert_eq!(all(&made, "UserName"), ["Alice"]);
    assert_eq!(all(&made, "PasswordResetRequired"), ["false"]);
    assert!(!made.contains("Horse"), "{made}");
    assert_eq!(
        iam.read("GetLoginProfile", &[ALICE], "LoginProfile").await,
        profile
    );
    assert_eq!(
        iam.refused("CreateLoginProfile", &create).await,
        "409 EntityAlreadyExists: Login Profile for user Alice already exists."
    );
    assert_eq!(
        iam.refused("DeleteUser", &[ALICE]).await,
        "409 DeleteConflict: Cannot delete entity, must delete login profile first."
    );

    // It goes with the user.
    let rename = [ALICE, ("NewUserName", "bob")];
    iam.ok("UpdateUser", &rename).await;
    let bob = ("UserName", "bob");
    let update = [
        bob,
        ("PasswordResetRequired", "true"),
        ("MaxSigninSessionDuration", "3600"),
    ];
    iam.ok("UpdateLoginProfile", &update).await;
    let shown = iam.ok("GetLoginProfile", &[bob]).await;
    assert_eq!(all(&shown, "UserName"), ["bob"]);
    assert_eq!(all(&shown, "PasswordResetRequired"), ["true"]);
    assert_eq!(all(&shown, "MaxSigninSessionDuration"), ["3600"]);
    let reset = [bob, ("ResetMaxSigninSessionDuration", "true")];
    iam.ok("UpdateLoginProfile", &reset).await;
    let shown = iam.ok("GetLoginProfile", &[bob]).await;
    assert_eq!(all(&shown, "PasswordResetRequired"), ["true"]);
    assert!(!shown.contains("MaxSigninSessionDuration"), "{shown}");
    iam.ok("DeleteLoginProfile", &[bob]).await;
    iam.ok("DeleteUser", &[bob]).await;
    iam.user("bob").await;
    let refused = iam.refused("GetLoginProfile", &[bob]).await;
    assert_eq!(
        refused,
        "404 NoSuchEntity: Login Profile for User bob cannot be found."
    );
}

#[tokio::test]
async fn without_a_name_the_caller_s_password_is_meant() {
    let iam = Client::new();
    iam.user("alice").await;
    let alice = iam.as_holder_of(&iam.access_key("alice").await);
    alice.ok("CreateLoginProfile", &[PASSWORD]).await;
    assert_eq!(
        alice.read("GetLoginProfile", &[], "UserName").await,
        ["alice"]
    );
    alice.ok("DeleteLoginProfile", &[]).await;
    for action in ["GetLoginProfile", "DeleteLoginProfile"] {
        assert_eq!(
            iam.refused(action, &[]).await,
            "400 ValidationError: Must specify userName when calling with non-User credentials"
        );
    }
}

#[tokio::test]
async fn passwords_conform_to_the_account_s_policy() {
    const WEAK: &str =
        "400 PasswordPolicyViolation: Password does not conform to the account password policy.";
    let iam = Client::new();
    iam.user("alice").await;
    let with = |password| [ALICE, ("Password", password)];
    let create = "CreateLoginProfile";
    assert_eq!(iam.refused(create, &with("password")).await, WEAK);
    let missing = iam.refused(create, &[ALICE]).await;
    assert!(
        missing.ends_with("at 'password' failed to satisfy constraint: Member must not be null"),
        "{missing}"
    );
    iam.ok("UpdateAccountPasswordPolicy", &[("RequireSymbols", "true")])
        .await;
    assert_eq!(iam.refused(create, &with("Password1")).await, WEAK);
    iam.ok(create, &with("pass_word")).await;
    let update = "UpdateLoginProfile";
    assert_eq!(iam.refused(update, &with("password")).await, WEAK);
    iam.ok("DeleteAccountPasswordPolicy", &[]).await;
    iam.ok(update, &with("Password1")).await;
}
