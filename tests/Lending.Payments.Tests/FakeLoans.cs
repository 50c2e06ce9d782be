using System.Collections.Concurrent;
using Lending.Kernel;
using Lending.Servicing.Contracts;
using Lending.Testing;

namespace Lending.Payments.Tests;

/// <summary>Loan accounts that are made up, with what is due on them and what was recorded. As the real ones, they record one event by one id once.</summary>
internal sealed class FakeLoans : ILoanPayments, ILoanPayouts
{
    private readonly ConcurrentDictionary<Guid, Loan> loans = new();

    /// <summary>A new loan account.</summary>
    public Loan Add(Guid? customerId = null, string currency = "EUR")
    {
        var loan = new Loan(new PayableLoan(Unique.Id(), customerId ?? Unique.Id(), currency));
        loans[loan.Payable.Id] = loan;
        return loan;
    }

    public Task<PayableLoan?> FindAsync(Guid loanAccountId, CancellationToken ct) =>
        Task.FromResult(loans.GetValueOrDefault(loanAccountId)?.Payable);

    public Task<IReadOnlyList<DueInstalment>> ListDueAsync(IReadOnlyCollection<Guid> loanAccountIds, DateOnly on, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DueInstalment>>([
            .. loanAccountIds.SelectMany(id => loans[id].Due).Where(due => due.DueOn <= on).OrderBy(due => due.DueOn),
        ]);

    public Task<Error?> RecordAsync(Guid loanAccountId, Guid paymentId, DateOnly on, decimal amount, CancellationToken ct)
    {
        if (loans[loanAccountId].IsBroken)
        {
            throw new InvalidOperationException("As a host that dies.");
        }
        if (loans[loanAccountId].Refusal is { } refusal)
        {
            return Task.FromResult<Error?>(refusal);
        }
        loans[loanAccountId].Payments.TryAdd(paymentId, (on, amount));
        return Task.FromResult<Error?>(null);
    }

    public Task<Error?> ReturnAsync(Guid loanAccountId, PaymentReturn back, CancellationToken ct)
    {
        var loan = loans[loanAccountId];
        if (loan.IsBroken)
        {
            throw new InvalidOperationException("As a host that dies.");
        }
        if (!loan.Payments.TryGetValue(back.PaymentId, out var payment))
        {
            return Task.FromResult<Error?>(Error.Conflict("unknown-payment", "There is no such payment."));
        }
        var others = loan.Returns.Values.Where(other =>
            other.PaymentId == back.PaymentId && other.Id != back.Id && !loan.Reversed.Values.Contains(other.Id)
        );
        if (others.Sum(other => other.Amount) + back.Amount > payment.Amount)
        {
            return Task.FromResult<Error?>(Error.Conflict("return-exceeds-payment", "More would have gone back than came."));
        }
        loan.Returns.TryAdd(back.Id, back);
        return Task.FromResult<Error?>(null);
    }

    public Task<Error?> ReverseReturnAsync(Guid loanAccountId, Guid reversalId, Guid returnId, CancellationToken ct)
    {
        var loan = loans[loanAccountId];
        loan.Returns.ContainsKey(returnId).ShouldBeTrue();
        loan.Reversed.TryAdd(reversalId, returnId);
        return Task.FromResult<Error?>(null);
    }

    /// <summary>Money that may go out; a test changes it as it likes.</summary>
    public ConcurrentDictionary<Guid, OutgoingMoney> Outgoing { get; } = new();

    /// <summary>The events of which was told that their money has gone, once for each time.</summary>
    public ConcurrentQueue<Guid> Settled { get; } = new();

    /// <summary>A payout that a second person has confirmed, or a refund of a credit.</summary>
    public OutgoingMoney Confirmed(decimal amount, bool isRefund = false, string currency = "EUR")
    {
        var money = new OutgoingMoney(Unique.Id(), Unique.Id(), Unique.Id(), Unique.Id(), isRefund, currency, amount);
        Outgoing[money.LoanEventId] = money;
        return money;
    }

    public Task<IReadOnlyList<OutgoingMoney>> HoldAsync(IReadOnlyCollection<Guid> loanEventIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<OutgoingMoney>>([.. loanEventIds.Where(Outgoing.ContainsKey).Select(id => Outgoing[id])]);

    public Task TellSettledAsync(Guid loanAccountId, Guid loanEventId, CancellationToken ct)
    {
        Settled.Enqueue(loanEventId);
        return Task.CompletedTask;
    }

    /// <summary>A loan account that is made up.</summary>
    internal sealed class Loan(PayableLoan payable)
    {
        public PayableLoan Payable { get; } = payable;

        public Guid Id => Payable.Id;

        /// <summary>What is due; a test changes it as it likes.</summary>
        public List<DueInstalment> Due { get; } = [];

        public ConcurrentDictionary<Guid, (DateOnly On, decimal Amount)> Payments { get; } = new();

        public ConcurrentDictionary<Guid, PaymentReturn> Returns { get; } = new();

        /// <summary>The returns that were reversed, by the ids of their reversals.</summary>
        public ConcurrentDictionary<Guid, Guid> Reversed { get; } = new();

        /// <summary>Why nothing can be recorded.</summary>
        public Error? Refusal { get; set; }

        /// <summary>Whether recording breaks off.</summary>
        public bool IsBroken { get; set; }

        public Loan Owes(string dueOn, decimal amount)
        {
            Due.Add(
                new DueInstalment(Id, DateOnly.ParseExact(dueOn, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), amount)
            );
            return this;
        }
    }
}
