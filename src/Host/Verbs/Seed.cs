using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Lending.Payments.Seeding;
using Lending.Platform.Persistence;
using Lending.Seeding;
using Spectre.Console;

namespace Lending.Host.Verbs;

/// <summary>Fills the database with fake data, or empties it of that.</summary>
internal static class Seed
{
    private const string DayFormat = "yyyy-MM-dd";

    public static Command Command()
    {
        var defaults = new SeedOptions
        {
            Customers = 200,
            Offers = 1000,
            LoanAccounts = 1000,
        };
        var organizations = Number("--organizations", "How many organisations.", defaults.Organizations);
        var installers = new Option<int?>("--installers")
        {
            Description = "How many installers in all organisations together; if left out two, or one for each organisation.",
        };
        var customers = Number("--customers", "How many customers in all organisations together.", defaults.Customers);
        var offers = Number("--offers", "How many loan offers in all organisations together.", defaults.Offers);
        var loanAccounts = Number(
            "--loan-accounts",
            "For how many of the offers that were paid out, at most, there are loan accounts with their books.",
            defaults.LoanAccounts
        );
        var seed = Number("--seed", "The same number makes the same data, ids included.", defaults.Seed);
        var locale = new Option<SeedLocale>("--locale")
        {
            Description = "German people, English ones, or both.",
            DefaultValueFactory = _ => defaults.Locale,
        };
        var until = new Option<DateOnly>("--until")
        {
            Description = $"Everything happened in the three years before this day ({DayFormat}); never today by itself.",
            DefaultValueFactory = _ => defaults.Until,
            CustomParser = ParseDay,
        };
        var bankStatements = new Option<DirectoryInfo?>("--bank-statements")
        {
            Description =
                "A folder for statements of the organisations' banks, to be imported: what borrowers pay next. It is made if it is missing.",
        };
        var reset = new Option<bool>("--reset") { Description = "Empties the database of what was seeded, of nothing else, and ends." };
        var force = new Option<bool>("--force") { Description = "Does it to a Production database, too." };
        var command = new Command("seed", "Fills the database with fake organisations, people and loan offers, once, and ends.")
        {
            organizations,
            installers,
            customers,
            offers,
            loanAccounts,
            seed,
            locale,
            until,
            bankStatements,
            reset,
            force,
        };
        command.SetAction(
            (parsed, ct) =>
                ExecuteAsync(
                    new SeedOptions
                    {
                        Organizations = parsed.GetValue(organizations),
                        Installers = parsed.GetValue(installers) ?? Math.Max(defaults.Installers, parsed.GetValue(organizations)),
                        Customers = parsed.GetValue(customers),
                        Offers = parsed.GetValue(offers),
                        LoanAccounts = parsed.GetValue(loanAccounts),
                        Seed = parsed.GetValue(seed),
                        Locale = parsed.GetValue(locale),
                        Until = parsed.GetValue(until),
                    },
                    parsed.GetValue(bankStatements),
                    parsed.GetValue(reset),
                    parsed.GetValue(force),
                    AnsiConsole.Console,
                    ct
                )
        );
        return command;
    }

    public static async Task<int> ExecuteAsync(
        SeedOptions options,
        DirectoryInfo? bankStatements,
        bool reset,
        bool force,
        IAnsiConsole console,
        CancellationToken ct
    )
    {
        if (options.Fault is { } fault)
        {
            throw new InvalidOperationException(fault);
        }
        await using var host = await LendingHost.BuildAsync([], ct: ct);
        if (host.App.Environment.IsProduction() && !force)
        {
            throw new InvalidOperationException(
                "Production is not filled with fake data and accounts of known passwords. --force does it all the same."
            );
        }
        await host.App.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
        var seeder = host.Seeder;
        if (reset)
        {
            var deleted = await seeder.EmptyAsync(ct);
            await console.Profile.Out.Writer.WriteLineAsync(FormattableString.Invariant($"{deleted:N0} seeded rows are gone."));
            return 0;
        }
        var result = await SeedProgressView.ShowAsync(console, progress => seeder.SeedAsync(options, progress, ct));
        Print(result, console);
        if (bankStatements is not null)
        {
            foreach (var file in await FakeStatements.WriteAsync(result.Plan, bankStatements, ct))
            {
                await console.Profile.Out.Writer.WriteLineAsync($"Bank statement: {file}");
            }
        }
        return 0;
    }

    /// <summary>The demo accounts, a line each.</summary>
    public static string AccountsOf(SeedPlan plan) =>
        string.Concat(
            plan.Accounts.Select(account => $"  {account.Role, -12} {account.Username, -18} {account.Password}\n")
                .Prepend("Demo accounts (user name, password):\n")
        );

    private static void Print(SeedResult result, IAnsiConsole console)
    {
        // Past the console's word wrapping, which would break lines that programs may read.
        var output = console.Profile.Out.Writer;
        if (result.IsNew)
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumn("made").AddColumn(new TableColumn("number").RightAligned());
            foreach (var (label, count) in result.Counts)
            {
                Add(label, count);
            }
            Add("rows in all", result.RowCount);
            Add("seconds", result.Elapsed.TotalSeconds, "N1");
            Add("rows a second", result.RowCount / result.Elapsed.TotalSeconds);
            Add("own peak memory in MB", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6);
            console.Write(table);

            void Add(string name, double number, string format = "N0") =>
                table.AddRow(name, number.ToString(format, CultureInfo.InvariantCulture));
        }
        else
        {
            output.WriteLine($"Nothing was added: the database is seeded already, by {AsTyped(result.Plan.Options)}.");
            output.WriteLine("seed --reset empties it of that.");
        }
        output.Write(AccountsOf(result.Plan));
        output.WriteLine("Other installers have the demo installer's password, customers with a password the demo customer's.");
    }

    private static string AsTyped(SeedOptions options) =>
        FormattableString.Invariant(
            $"--organizations {options.Organizations} --installers {options.Installers} --customers {options.Customers} --offers {options.Offers} --loan-accounts {options.LoanAccounts} --seed {options.Seed} --locale {options.Locale.ToString().ToLowerInvariant()} --until {options.Until.ToString(DayFormat, CultureInfo.InvariantCulture)}"
        );

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static DateOnly ParseDay(ArgumentResult argument)
    {
        if (
            !DateOnly.TryParseExact(
                argument.Tokens.Single().Value,
                DayFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            argument.AddError(
                $"--until must be a day such as {SeedOptions.DefaultUntil.ToString(DayFormat, CultureInfo.InvariantCulture)}."
            );
        }
        return day;
    }
}
