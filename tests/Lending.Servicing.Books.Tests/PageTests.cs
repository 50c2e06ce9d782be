using System.Globalization;
using System.Text;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Servicing.Books.Tests;

/// <summary>The worked loan of docs/servicing.md is what the code says, so that the page cannot go stale.</summary>
public sealed class PageTests
{
    private const string Begin = "<!-- The rest is made by PageTests; what it should be stands in the message of the failing test. -->\n";

    private static readonly Currency _euro = Currency.Get("EUR");

    [Fact]
    public void The_worked_loan_of_the_page_is_what_the_code_says()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "servicing.md"));
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        begin.ShouldBeGreaterThan(0);

        page[(begin + Begin.Length)..].ShouldBe(WorkedLoan());
    }

    private static string WorkedLoan()
    {
        LoanQuote.TryOf(new LoanTerms(1_000, 6, 3, _euro) { FirstDueDate = new(2026, 2, 1) }, out var quote, out _).ShouldBeTrue();
        var contract = new LoanContract(_euro, 1_000, 6, PlannedInstalment.Of(quote.Schedule()))
        {
            DefaultInterest = DefaultInterestRule.Bgb288,
        };
        var payment = new PaymentReceived(Id(3), new(2026, 3, 11), 336.67m);
        (string Text, LoanEvent Event)[] life =
        [
            ("1,000.00 are paid out", new Disbursed(Id(1), new(2026, 1, 1), 1_000)),
            ("The first instalment is paid in time", new PaymentReceived(Id(2), new(2026, 2, 1), 336.67m)),
            ("The second one is paid ten days late", payment),
            ("The bank takes that payment back", new PaymentReturned(Id(4), new(2026, 3, 16), payment.Id, 336.67m)),
            ("The bank's fee is charged as it was booked", new Charged(Id(5), new(2026, 3, 16), ClaimKind.Fee, 3)),
        ];
        var text = new StringBuilder();
        var posted = new List<JournalEntry>();
        var events = new List<LoanEvent>();
        foreach (var (title, happened) in life)
        {
            events.Add(happened);
            Tell(title, happened.EffectiveOn);
        }

        var last = new DateOnly(2026, 4, 1);
        var payoff = LoanReplay.PayoffOn(contract, events, last, BaseRates.Germany);
        events.Add(new PaymentReceived(Id(6), last, payoff.Total) { IsPayoff = true });
        Tell($"Everything that is owed is paid: {Amount(payoff.Total)}", last);
        var state = LoanReplay.At(contract, events, last, BaseRates.Germany);
        state.Status.ShouldBe(LoanStatus.Settled);
        text.Append("Then the loan is settled, and these accounts have a balance:\n\n| account | balance |\n|---|---|\n");
        foreach (var (account, balance) in Ledger.Balances(posted).Where(pair => pair.Value != 0).OrderBy(pair => pair.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {account} | {Amount(balance)} |\n");
        }

        return text.ToString();

        void Tell(string title, DateOnly day)
        {
            var difference = Ledger.Difference(posted, LoanReplay.At(contract, events, day, BaseRates.Germany).Entries);
            posted.AddRange(difference);
            text.Append(CultureInfo.InvariantCulture, $"### {day:yyyy-MM-dd}: {title}\n\n");
            text.Append("| for the day | cause | account | debit | credit |\n|---|---|---|---|---|\n");
            foreach (var entry in difference)
            {
                foreach (var line in entry.Lines)
                {
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"| {entry.EffectiveOn:yyyy-MM-dd} | {Cause(entry.Key)} | {line.Account} | {(line.Amount > 0 ? Amount(line.Amount) : "")} | {(line.Amount < 0 ? Amount(-line.Amount) : "")} |\n"
                    );
                }
            }

            text.Append('\n');
        }
    }

    private static string Cause(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];

    private static string Amount(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lending.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside a checkout.");
        }

        return folder.FullName;
    }
}
