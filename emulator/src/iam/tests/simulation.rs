//! The policy simulator as a client sees it.
//!
//! Longer than other files: the answers are AWS's, told whole, and most of a test is such an answer.

use super::{Client, all};

const READ: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*"}]}"#;
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:000000000000:secret:a-AbCdEf";
const ALICE: &str = "arn:aws:iam::000000000000:user/alice";

/// An answer without its request id.
fn result(xml: &str) -> &str {
    let (_, rest) = xml.split_once("Result>").unwrap();
    rest.rsplit_once("<ResponseMetadata>").unwrap().0
}

#[tokio::test]
async fn a_whole_answer() {
    let iam = Client::new();
    let conditional = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*",
  "Condition":{"StringEquals":{"stack:a":"yes"},"ForAnyValue:StringEquals":{"stack:b":"2"}}}]}"#;
    let policy = format!(
        r#"{{"Statement":{{"Effect":"Allow","Action":"secretsmanager:*","Resource":"{SECRET}","Principal":"*"}}}}"#
    );
    let foreign = SECRET.replace("000000000000", "999999999999");
    let parameters = [
        ("PolicyInputList.member.1", READ),
        ("PolicyInputList.member.2", conditional),
        ("PermissionsBoundaryPolicyInputList.member.1", READ),
        (
            "OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList.member.1",
            READ,
        ),
        ("ActionNames.member.1", "secretsmanager:GetSecretValue"),
        ("ActionNames.member.2", "secretsmanager:DeleteSecret"),
        ("ResourceArns.member.1", SECRET),
        ("ResourceArns.member.2", &foreign),
        ("ResourcePolicy", &policy),
        ("CallerArn", ALICE),
        ("ContextEntries.member.1.ContextKeyName", "stack:a"),
        ("ContextEntries.member.1.ContextKeyType", "string"),
        ("ContextEntries.member.1.ContextKeyValues.member.1", "yes"),
        ("ContextEntries.member.2.ContextKeyName", "stack:b"),
        ("ContextEntries.member.2.ContextKeyType", "numericList"),
        ("ContextEntries.member.2.ContextKeyValues.member.1", "1"),
        ("ContextEntries.member.2.ContextKeyValues.member.2", "2"),
        ("MaxItems", "1"),
    ];
    let xml = iam.ok("SimulateCustomPolicy", &parameters).await;
    let statement = |id: &str, kind: &str, [start, end]: [(u32, u32); 2]| {
        format!(
            "<member><SourcePolicyId>{id}</SourcePolicyId><SourcePolicyType>{kind}</SourcePolicyType>\
             <StartPosition><Line>{}</Line><Column>{}</Column></StartPosition>\
             <EndPosition><Line>{}</Line><Column>{}</Column></EndPosition></member>",
            start.0, start.1, end.0, end.1
        )
    };
    let length = policy.len() as u32;
    let matched = [
        statement("PolicyInputList.1", "IAM Policy", [(1, 38), (1, 112)]),
        statement("PolicyInputList.2", "IAM Policy", [(1, 38), (2, 93)]),
        statement("ResourcePolicy", "Resource Policy", [(1, 15), (1, length)]),
    ]
    .concat();
    let marker = &all(&xml, "Marker")[0];
    let boundary = "<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>true\
                    </AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>";
    let details = "<EvalDecisionDetails><entry><key>IAM Policy</key><value>allowed</value></entry>\
                   <entry><key>Resource Policy</key><value>implicitDeny</value></entry>\
                   <entry><key>Permissions Boundary Policy</key><value>allowed</value></entry></EvalDecisionDetails>";
    let expected = format!(
        "<EvaluationResults><member><EvalActionName>secretsmanager:GetSecretValue</EvalActionName>\
         <EvalResourceName>arn:aws:secretsmanager:${{Region}}:${{Account}}:secret:${{SecretId}}</EvalResourceName>\
         <EvalDecision>implicitDeny</EvalDecision><MatchedStatements>{matched}</MatchedStatements>\
         <MissingContextValues/><OrganizationsDecisionDetail><AllowedByOrganizations>true</AllowedByOrganizations>\
         </OrganizationsDecisionDetail>{boundary}{details}<ResourceSpecificResults>\
         <member><EvalResourceName>{SECRET}</EvalResourceName><EvalResourceDecision>allowed</EvalResourceDecision>\
         <MatchedStatements>{matched}</MatchedStatements>{boundary}</member>\
         <member><EvalResourceName>{foreign}</EvalResourceName><EvalResourceDecision>implicitDeny</EvalResourceDecision>\
         {details}{boundary}</member>\
         </ResourceSpecificResults></member></EvaluationResults><IsTruncated>true</IsTruncated>\
         <Marker>{marker}</Marker></SimulateCustomPolicyResult>"
    );
    assert_eq!(result(&xml), expected);
    let next = [&parameters[..], &[("Marker", marker)]].concat();
    let xml = iam.ok("SimulateCustomPolicy", &next).await;
    let told = ["EvalActionName", "EvalDecision", "IsTruncated"].map(|tag| all(&xml, tag));
    assert_eq!(
        told.concat(),
        ["secretsmanager:DeleteSecret", "implicitDeny", "false"]
    );
    assert!(xml.contains("<AllowedByOrganizations>false"), "{xml}");
}

#[tokio::test]
async fn nothing_but_what_must_be_there() {
    let iam = Client::new();
    let parameters = [
        ("PolicyInputList", ""),
        ("ActionNames.member.1", "s3:GetObject"),
    ];
    let xml = iam.ok("SimulateCustomPolicy", &parameters).await;
    assert_eq!(
        result(&xml),
        "<EvaluationResults><member><EvalActionName>s3:GetObject</EvalActionName><EvalResourceName>*</EvalResourceName>\
         <EvalDecision>implicitDeny</EvalDecision><MatchedStatements/><MissingContextValues/></member></EvaluationResults>\
         <IsTruncated>false</IsTruncated></SimulateCustomPolicyResult>"
    );
    let one = [
        &parameters[..],
        &[("ResourceArns.member.1", "arn:aws:s3:::b/k")],
    ]
    .concat();
    let xml = iam.ok("SimulateCustomPolicy", &one).await;
    assert!(
        xml.contains("<MissingContextValues/><EvalDecisionDetails/><ResourceSpecificResults>"),
        "{xml}"
    );
}

#[tokio::test]
async fn inputs_beyond_the_limits_of_the_model() {
    let iam = Client::new();
    let required = [
        ("PolicyInputList.member.1", READ),
        ("ActionNames.member.1", "a:B"),
    ];
    for (parameter, text) in [
        (
            ("ContextEntries.member.1.ContextKeyType", "unknown"),
            "Value at 'contextEntries.1.member.contextKeyType' failed to satisfy constraint: Member must satisfy enum \
             value set: [binary, ipList, booleanList, ip, boolean, numericList, dateList, numeric, date, stringList, \
             string, binaryList]",
        ),
        (
            ("MaxItems", "1001"),
            "Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
        ),
    ] {
        let parameters = [&required[..], &[parameter]].concat();
        let expected = format!("400 ValidationError: 1 validation error detected: {text}");
        assert_eq!(
            iam.refused("SimulateCustomPolicy", &parameters).await,
            expected
        );
    }
    iam.user("alice").await;
    let inline = "PolicyExclusionList.member.1.InlinePolicyIdentifier";
    let [name, kind, owner] = ["PolicyName", "AttachmentType", "AttachmentName"]
        .map(|member| format!("{inline}.{member}"));
    for (values, text) in [
        (
            ["*", "user", "alice"],
            r"Value '*' at 'policyExclusionList.1.member.inlinePolicyIdentifier.policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: .*[\w+=,.@-]+.*",
        ),
        (
            ["p", "bogus", "alice"],
            "Value 'bogus' at 'policyExclusionList.1.member.inlinePolicyIdentifier.attachmentType' failed to satisfy constraint: Member must satisfy enum value set: [user, role, group]",
        ),
    ] {
        let parameters = [
            ("PolicySourceArn", ALICE),
            ("ActionNames.member.1", "a:B"),
            (&*name, values[0]),
            (&*kind, values[1]),
            (&*owner, values[2]),
        ];
        let expected = format!("400 ValidationError: 1 validation error detected: {text}");
        assert_eq!(
            iam.refused("SimulatePrincipalPolicy", &parameters).await,
            expected
        );
    }
}

/// Decisions on three actions, and the policies that matched.
async fn simulated(iam: &Client, others: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let parameters = [
        ("PolicySourceArn", ALICE),
        ("ActionNames.member.1", "secretsmanager:GetSecretValue"),
        ("ActionNames.member.2", "iam:GetUser"),
        ("ActionNames.member.3", "secretsmanager:DeleteSecret"),
    ];
    let parameters = [&parameters[..], others].concat();
    let xml = iam.ok("SimulatePrincipalPolicy", &parameters).await;
    (all(&xml, "EvalDecision"), all(&xml, "SourcePolicyId"))
}

#[tokio::test]
async fn the_policies_of_a_user_are_simulated_as_they_are_now() {
    let iam = Client::new();
    iam.user("alice").await;
    let managed = iam.policy("all-of-iam").await;
    let alice = ("UserName", "alice");
    iam.ok("AttachUserPolicy", &[alice, ("PolicyArn", &managed)])
        .await;
    iam.ok(
        "PutUserPolicy",
        &[alice, ("PolicyName", "read"), ("PolicyDocument", READ)],
    )
    .await;
    let (allowed, denied) = ("allowed".to_owned(), "implicitDeny".to_owned());
    let decisions = |of: [bool; 3]| {
        of.map(|is| if is { allowed.clone() } else { denied.clone() })
            .to_vec()
    };
    let (inline, attached) = ("user_alice_read".to_owned(), "all-of-iam".to_owned());
    assert_eq!(
        simulated(&iam, &[]).await,
        (
            decisions([true, true, false]),
            vec![inline.clone(), attached.clone()]
        )
    );
    // A policy that is given stands beside them; a boundary that is given limits them.
    let given = READ.replace("GetSecretValue", "DeleteSecret");
    assert_eq!(
        simulated(&iam, &[("PolicyInputList.member.1", &given)])
            .await
            .0,
        decisions([true, true, true])
    );
    assert_eq!(
        simulated(
            &iam,
            &[("PermissionsBoundaryPolicyInputList.member.1", READ)]
        )
        .await
        .0,
        decisions([true, false, false])
    );
    for (member, value, expected) in [
        ("PolicyType", "inline", [false, true, false]),
        ("PolicyType", "user-managed", [true, false, false]),
        ("PolicyType", "aws-managed", [true, true, false]),
        ("PolicyType", "permission-boundary", [true, true, false]),
        ("PolicyType", "rcp", [true, true, false]),
        ("PolicyArn", &*managed, [true, false, false]),
        (
            "PolicyArn",
            &*managed.replace("-of-", "*"),
            [true, false, false],
        ),
        (
            "PolicyArn",
            &*managed.replace("all-of", "none-of"),
            [true, true, false],
        ),
    ] {
        let member = format!("PolicyExclusionList.member.1.{member}");
        assert_eq!(
            simulated(&iam, &[(&member, value)]).await.0,
            decisions(expected),
            "{member} {value}"
        );
    }
    let inline_of = |name: &'static str, kind: &'static str, owner: &'static str| {
        let iam = &iam;
        async move {
            let member = "PolicyExclusionList.member.1.InlinePolicyIdentifier";
            let [a, b, c] = ["PolicyName", "AttachmentType", "AttachmentName"]
                .map(|it| format!("{member}.{it}"));
            simulated(iam, &[(&a, name), (&b, kind), (&c, owner)])
                .await
                .0
        }
    };
    assert_eq!(
        inline_of("read", "user", "al*").await,
        decisions([false, true, false])
    );
    for (name, kind, owner) in [
        ("read", "group", "alice"),
        ("read", "user", "bob"),
        ("rea*", "user", "alice"),
    ] {
        assert_eq!(
            inline_of(name, kind, owner).await,
            decisions([true, true, false]),
            "{name} {kind} {owner}"
        );
    }
    // The version in force counts.
    let none = READ
        .replace("Allow", "Deny")
        .replace("secretsmanager:GetSecretValue", "iam:*");
    iam.ok(
        "CreatePolicyVersion",
        &[
            ("PolicyArn", &managed),
            ("PolicyDocument", &none),
            ("SetAsDefault", "true"),
        ],
    )
    .await;
    let expected = vec![allowed, "explicitDeny".to_owned(), denied];
    assert_eq!(
        simulated(&iam, &[]).await,
        (expected, vec![inline, attached])
    );
}

#[tokio::test]
async fn principals_are_found_by_name_alone() {
    let iam = Client::new();
    iam.ok("CreateUser", &[("UserName", "Alice"), ("Path", "/team/")])
        .await;
    let action = ("ActionNames.member.1", "iam:GetUser");
    let own = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":
        {"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::000000000000:user/team/Alice"}}}}"#;
    let parameters = [
        ("PolicySourceArn", ALICE),
        action,
        ("PolicyInputList.member.1", own),
    ];
    assert_eq!(
        iam.read("SimulatePrincipalPolicy", &parameters, "EvalDecision")
            .await,
        ["allowed"]
    );
    for (arn, refusal) in [
        (ALICE.replace("alice", "bob"), "404 NoSuchEntity: Unable to retrieve specified IAM entity.".to_owned()),
        (
            ALICE.replace("000000000000", "999999999999"),
            "400 InvalidInput: Invalid Policy Source Arn: caller's account 000000000000 does not have access to \
             policies in account 999999999999."
                .to_owned(),
        ),
        (
            "arn:aws:iam::000000000000:root".to_owned(),
            "400 InvalidInput: Invalid ARN provided in the request: arn:aws:iam::000000000000:root".to_owned(),
        ),
        (
            "not-an-arn-but-long-enough".to_owned(),
            "400 InvalidInput: Invalid ARN provided in the request: not-an-arn-but-long-enough".to_owned(),
        ),
    ] {
        let parameters = [("PolicySourceArn", &*arn), action];
        for operation in ["SimulatePrincipalPolicy", "GetContextKeysForPrincipalPolicy"] {
            assert_eq!(iam.refused(operation, &parameters).await, refusal);
        }
    }
    let union = [
        ("PolicySourceArn", ALICE),
        action,
        ("PolicyExclusionList.member.1.PolicyType", "inline"),
        (
            "PolicyExclusionList.member.1.PolicyArn",
            "arn:aws:iam::aws:policy/X",
        ),
    ];
    assert_eq!(
        iam.refused("SimulatePrincipalPolicy", &union).await,
        "400 InvalidInput: Exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier must be given."
    );
    let arn = "arn:aws:iam::*:policy/some";
    let pattern = [
        ("PolicySourceArn", ALICE),
        action,
        ("PolicyExclusionList.member.1.PolicyArn", arn),
    ];
    assert_eq!(
        iam.refused("SimulatePrincipalPolicy", &pattern).await,
        format!("400 InvalidInput: ARN {arn} is not valid.")
    );
}

#[tokio::test]
async fn context_keys_of_each_policy() {
    let iam = Client::new();
    let reading = |key: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{{"Bool":{{"{key}":"true"}},"StringEquals":{{"a:b":"${{aws:username}}"}}}}}}}}"#
        )
    };
    let (first, second) = (reading("x:y"), reading("X:Y"));
    let given = [
        ("PolicyInputList.member.1", &*first),
        ("PolicyInputList.member.2", &*second),
    ];
    let keys = async |operation, parameters: &[(&str, &str)]| {
        let inside = iam.read(operation, parameters, "ContextKeyNames").await;
        all(&inside[0], "member")
    };
    // A key once in a policy, and again in another.
    assert_eq!(
        keys("GetContextKeysForCustomPolicy", &given).await,
        ["x:y", "a:b", "aws:username", "X:Y", "a:b", "aws:username"]
    );
    assert_eq!(
        iam.refused(
            "GetContextKeysForCustomPolicy",
            &[given[0], ("PolicyInputList.member.2", "{")]
        )
        .await,
        "400 InvalidInput: Policy input list item 2 has invalid content"
    );
    iam.user("alice").await;
    let own = reading("own:key");
    iam.ok(
        "PutUserPolicy",
        &[
            ("UserName", "alice"),
            ("PolicyName", "p"),
            ("PolicyDocument", &own),
        ],
    )
    .await;
    let of_alice = [("PolicySourceArn", ALICE), given[0]];
    assert_eq!(
        keys("GetContextKeysForPrincipalPolicy", &of_alice).await,
        [
            "own:key",
            "a:b",
            "aws:username",
            "x:y",
            "a:b",
            "aws:username"
        ]
    );
}
