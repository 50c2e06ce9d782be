using System.CommandLine;
using Lending.Host;
using Lending.Host.Verbs;

// Settings such as --urls go to the configuration, not to the command line's own options.
var root = new RootCommand("Lending: loans for green technology. Without a verb, it runs the API.")
{
    TreatUnmatchedTokensAsErrors = false,
};
root.SetAction((parsed, ct) => Run.ExecuteAsync([.. parsed.UnmatchedTokens], ct));
if (
    args is [var verb, ..]
    && !verb.StartsWith('-')
    && verb is not ("migrate" or "seed" or "openapi" or "recover-admin" or "keys" or "audit")
)
{
    await Console.Error.WriteLineAsync($"Lending knows no verb '{verb}'. See --help.");
    return 1;
}

var migrate = new Command("migrate", "Brings the database up to date, makes the first administrator where there is none, and ends.");
migrate.SetAction((_, ct) => Migrate.ExecuteAsync(ct));
root.Add(migrate);

var username = new Option<string?>("--username")
{
    Description = "The administrator's user name; the first one of the platform if left out.",
};
var recoverAdmin = new Command(
    "recover-admin",
    "Gives an administrator a new password, which it prints, and lets them in again whatever kept them out."
)
{
    username,
};
recoverAdmin.SetAction((parsed, ct) => RecoverAdmin.ExecuteAsync(parsed.GetValue(username), ct));
root.Add(recoverAdmin);

var verify = new Command("verify", "Holds the audit log against its seals, says what was changed, removed, inserted or moved, and ends.");
var knownSeal = new Option<string>("--seal")
{
    Description = "A seal that was noted earlier, from the log or from this verb, as \"NUMBER HASH\": whether it is still there.",
};
verify.Add(knownSeal);
verify.SetAction((parsed, ct) => VerifyAudit.ExecuteAsync(parsed.GetValue(knownSeal), ct));
root.Add(new Command("audit", "What concerns the audit log.") { verify });
var rotate = new Command(
    "rotate",
    "Encrypts with the active key what earlier keys have encrypted, while the API runs, and says which keys nothing needs any more."
);
rotate.SetAction((_, ct) => RotateKeys.ExecuteAsync(ct));
root.Add(new Command("keys", "The keys of what is stored encrypted.") { rotate });

// Its options come from Lending.Seeding, which the API runs without.
if (args.Intersect(["seed", "--help", "-h", "-?"]).Any())
{
    root.Add(Seed.Command());
}

var output = new Option<FileInfo?>("--output") { Description = "The file to write; standard output if left out." };
var openApi = new Command("openapi", "Writes the OpenAPI document and ends; needs no database.") { output };
openApi.SetAction((parsed, ct) => OpenApi.ExecuteAsync(parsed.GetValue(output), ct));
root.Add(openApi);

try
{
    // A host that is told to stop has 30 seconds for what it has begun, and writes its last log lines.
    var invocation = new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(35),
    };
    return await root.Parse(args).InvokeAsync(invocation);
}
catch (Exception exception) when (StartFailures.AreTold(exception))
{
    await Console.Error.WriteLineAsync($"Lending cannot start: {exception.Message}");
    return 1;
}
