using Lending.Kernel;
using Lending.Platform.Security;
using Lending.Servicing.Contracts;

namespace Lending.Payments.Tests.Cards;

/// <summary>The made-up loan accounts as a caller sees them: customers find no others than theirs, as at the real ones.</summary>
internal sealed class LoansOfCaller(FakeLoans loans, Caller caller) : ILoanPayments
{
    public async Task<PayableLoan?> FindAsync(Guid loanAccountId, CancellationToken ct) =>
        await loans.FindAsync(loanAccountId, ct) is { } loan && (caller.CustomerScope ?? loan.CustomerId) == loan.CustomerId ? loan : null;

    public Task<IReadOnlyList<DueInstalment>> ListDueAsync(IReadOnlyCollection<Guid> loanAccountIds, DateOnly on, CancellationToken ct) =>
        loans.ListDueAsync(loanAccountIds, on, ct);

    public Task<Error?> RecordAsync(Guid loanAccountId, Guid paymentId, DateOnly on, decimal amount, CancellationToken ct) =>
        loans.RecordAsync(loanAccountId, paymentId, on, amount, ct);

    public Task<Error?> ReturnAsync(Guid loanAccountId, PaymentReturn back, CancellationToken ct) =>
        loans.ReturnAsync(loanAccountId, back, ct);

    public Task<Error?> ReverseReturnAsync(Guid loanAccountId, Guid reversalId, Guid returnId, CancellationToken ct) =>
        loans.ReverseReturnAsync(loanAccountId, reversalId, returnId, ct);
}
