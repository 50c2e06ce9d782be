using System.Text.RegularExpressions;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Testing;

/// <summary>What every statement of a slice has to say: which slice it is, and whose rows it means.</summary>
public static partial class StatementRules
{
    /// <summary>
    /// The slices that ask all organisations, and only these: with rows by organisation on several machines, these tables would be on each, or found by a small one first
    /// (docs/scaling.md).
    /// </summary>
    private static readonly HashSet<string> AskAll = new(StringComparer.Ordinal)
    {
        // Whose it is is only known when it is found: by a name, an e-mail, or the secret of a link, a mail, a session.
        "AcceptInvitation",
        "AcceptOffer",
        "ConfirmEmail",
        "ConfirmEmailChange",
        "FinishSignOn",
        "Login",
        "LoginSecondFactor",
        "OpenLink",
        "PasskeyLogin",
        "RefreshToken",
        "RequestEmailConfirmation",
        "RequestPasswordReset",
        "ResetPassword",
        "StartPasskey",
        // User names are unique among all.
        "CreateAdministrator",
        "CreateInstaller",
        "CreateUnderwriter",
        "Register",
        // What hangs on a user or a session has no organisation; a user who has logged in is found by their own id.
        "ChangePassword",
        "ConfirmTotp",
        "EndSession",
        "Logout",
        "RegisterPasskey",
        "StepUpSession",
    };

    /// <summary>What is wrong with the commands of a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="commands">What it sent.</param>
    /// <param name="tables">The tables whose rows belong to organisations, with their schemas.</param>
    public static IEnumerable<string> BrokenBy(string slice, IEnumerable<SentCommand> commands, IReadOnlySet<string> tables)
    {
        var asksAll = false;
        foreach (var text in commands.SelectMany(command => command.Statements.Select(statement => statement.Text)))
        {
            var own = text.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(IsOfSlice).ToList();
            if (own is [var first, ..] && !first.StartsWith($"/* {slice} */ ", StringComparison.Ordinal))
            {
                yield return $"{slice} does not say so in: {first}";
            }
            foreach (
                var statement in own.Where(statement => TablesIn(statement).Any(tables.Contains) && !Organization().IsMatch(statement))
            )
            {
                asksAll = true;
                if (!AskAll.Contains(slice))
                {
                    yield return $"{slice} asks all organisations in: {statement}";
                }
            }
        }
        if (AskAll.Contains(slice) && !asksAll)
        {
            yield return $"{slice} asks one organisation only, and need not be listed as asking all.";
        }
    }

    /// <summary>The tables of a host whose rows belong to organisations.</summary>
    public static IReadOnlySet<string> TablesOfOrganizations(this IServiceProvider host)
    {
        using var scope = host.CreateScope();
        return host.GetServices<ModuleDatabase>()
            .SelectMany(database => ((DbContext)scope.ServiceProvider.GetRequiredService(database.ContextType)).Model.GetEntityTypes())
            .Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType) && type.GetTableName() is not null)
            .Select(type => $"{type.GetSchema()}.{type.GetTableName()}")
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The tables that a statement reads or writes.</summary>
    public static IEnumerable<string> TablesIn(string statement) =>
        Table().Matches(statement).Select(found => $"{found.Groups["schema"].Value}.{found.Groups["table"].Value}");

    // What all slices share is prepared once for all of them: whose rows are meant, how it is planned, parts of transactions, and what keeps answers.
    private static bool IsOfSlice(string statement) =>
        !statement.StartsWith("SELECT set_config(", StringComparison.Ordinal)
        && !statement.StartsWith("SET ", StringComparison.Ordinal)
        && !statement.StartsWith("RESET ", StringComparison.Ordinal)
        // A sandbox's clock is read before a slice of it begins.
        && !statement.Contains("-- clocks of sandboxes", StringComparison.Ordinal)
        // The table of a fake, which stands for a neighbour.
        && !statement.Contains(" accounts ", StringComparison.Ordinal);

    // A condition, or a column of a row that is inserted.
    [GeneratedRegex(
        @"organization_id""? = (@|\$)|INSERT INTO [\w.""]+( AS \w+)? \([^)]*\borganization_id\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Organization();

    [GeneratedRegex(
        @"\b(FROM|JOIN|INTO|UPDATE) +""?(?<schema>\w+)""?\.""?(?<table>\w+)""?",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Table();
}
