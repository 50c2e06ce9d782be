using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Idempotency;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.LoanAccounts;

/// <summary>
/// Runs the life of a loan that is not there: schedule with paid and open parts, entries, balances and state on a day, arrears and payoffs. It is the
/// code that posts; nothing is stored.
/// </summary>
internal sealed class SimulateLoan : Endpoint<SimulatedLoan, Results<Ok<SimulatedLife>, Problem>>
{
    internal sealed class Validator : Validator<SimulatedLoan>
    {
        private const int MostInstalments = 600;
        private const int MostEvents = 3_000;
        private const int MostPayoffs = 31;

        public Validator()
        {
            // What the members mean together is checked where they are run.
            RuleFor(loan => loan.Principal).GreaterThan(0);
            RuleFor(loan => loan.AnnualRatePercent).InclusiveBetween(0, 1_000);
            RuleFor(loan => loan.DownPaymentPercent).InclusiveBetween(0, 100);
            RuleFor(loan => loan.EveryMonths).InclusiveBetween(1, 12);
            RuleFor(loan => loan.Count).InclusiveBetween(0, MostInstalments);
            RuleFor(loan => loan.Events).Must(events => events is { Count: <= MostEvents }).WithMessage($"At most {MostEvents} events.");
            RuleFor(loan => loan.PayoffOn).Must(days => days is { Count: <= MostPayoffs }).WithMessage($"At most {MostPayoffs} days.");
        }
    }

    public override void Configure()
    {
        Post("loan-accounts/simulate");
        Permissions(ServicingPermission.Read);
        this.TakesNoIdempotencyKey();
    }

    public override Task<Results<Ok<SimulatedLife>, Problem>> ExecuteAsync(SimulatedLoan request, CancellationToken ct)
    {
        Results<Ok<SimulatedLife>, Problem> result;
        try
        {
            result = TypedResults.Ok(SimulatedLife.Of(LoanSimulation.Run(request)));
        }
        catch (FormatException wrong)
        {
            // The message names the member and what was sent, and nothing else.
            result = Problem.From(Error.Validation("not-understood", wrong.Message));
        }
        return Task.FromResult(result);
    }
}

/// <summary>What becomes of a simulated loan. Events have the ids of their places in the list: 00000001-… is the first.</summary>
internal sealed record SimulatedLife
{
    /// <summary>The state on the day, as of an account.</summary>
    public required StateOfLoan State { get; init; }

    /// <summary>All entries in the order in which they were made.</summary>
    public required IReadOnlyList<JournalEntry> Entries { get; init; }

    /// <summary>The balance of each account that has one; debits are positive.</summary>
    public required IReadOnlyList<EntryLine> Balances { get; init; }

    /// <summary>What pays everything, on the days that were asked for.</summary>
    public required IReadOnlyList<Payoff> Payoffs { get; init; }

    /// <summary>Events that do not fit into the life; recording one is refused.</summary>
    public required IReadOnlyList<EventProblem> Problems { get; init; }

    public static SimulatedLife Of(Simulated simulated) =>
        new()
        {
            State = StateOfLoan.Of(simulated.State),
            Entries = simulated.State.Entries,
            Balances = [.. simulated.Balances.Where(pair => pair.Value != 0).Select(pair => new EntryLine(pair.Key, pair.Value))],
            Payoffs = simulated.Payoffs,
            Problems = simulated.State.Problems,
        };
}
