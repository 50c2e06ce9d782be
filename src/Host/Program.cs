using System.CommandLine;
using Lending.Host.Verbs;
using Microsoft.Extensions.Options;

// Settings such as --urls go to the configuration, not to the command line's own options.
var root = new RootCommand("Lending: loans for green technology. Without a verb, it runs the API.")
{
    TreatUnmatchedTokensAsErrors = false,
};
root.SetAction((parsed, ct) => Run.ExecuteAsync([.. parsed.UnmatchedTokens], ct));
if (args is [var verb, ..] && !verb.StartsWith('-') && verb is not ("migrate" or "seed" or "openapi"))
{
    await Console.Error.WriteLineAsync($"Lending knows no verb '{verb}'. See --help.");
    return 1;
}

var migrate = new Command("migrate", "Brings the database up to date, makes the first administrator where there is none, and ends.");
migrate.SetAction((_, ct) => Migrate.ExecuteAsync(ct));
root.Add(migrate);

var customers = new Option<int>("--customers") { Description = "How many customers.", DefaultValueFactory = _ => 12 };
var offers = new Option<int>("--offers") { Description = "How many loan offers.", DefaultValueFactory = _ => 24 };
var seedNumber = new Option<int>("--seed") { Description = "The same number makes the same data.", DefaultValueFactory = _ => 42 };
var force = new Option<bool>("--force") { Description = "Seed a Production database, too." };
customers.Validators.Add(RefuseNegative);
offers.Validators.Add(RefuseNegative);
var seed = new Command("seed", "Fills the default organisation with fake data and demo accounts, unless it has some, and ends.")
{
    customers,
    offers,
    seedNumber,
    force,
};
seed.SetAction(
    (parsed, ct) =>
        Seed.ExecuteAsync(
            parsed.GetValue(seedNumber),
            parsed.GetValue(customers),
            parsed.GetValue(offers),
            parsed.GetValue(force),
            Console.Out,
            ct
        )
);
root.Add(seed);

var output = new Option<FileInfo?>("--output") { Description = "The file to write; standard output if left out." };
var openApi = new Command("openapi", "Writes the OpenAPI document and ends; needs no database.") { output };
openApi.SetAction((parsed, ct) => OpenApi.ExecuteAsync(parsed.GetValue(output), ct));
root.Add(openApi);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception)
    when (exception is OptionsValidationException or InvalidOperationException or IOException or Npgsql.NpgsqlException)
{
    await Console.Error.WriteLineAsync($"Lending cannot start: {exception.Message}");
    return 1;
}

static void RefuseNegative(System.CommandLine.Parsing.OptionResult option)
{
    if (option.GetValueOrDefault<int>() < 0)
    {
        option.AddError($"{option.Option.Name} must be 0 or more.");
    }
}
