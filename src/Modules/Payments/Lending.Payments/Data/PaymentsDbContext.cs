using Lending.Payments.Cards;
using Lending.Payments.Collections;
using Lending.Payments.Creditors;
using Lending.Payments.Mandates;
using Lending.Payments.Payees;
using Lending.Payments.Payouts;
using Lending.Payments.References;
using Lending.Payments.Statements;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Data;

internal sealed class PaymentsDbContext(DbContextOptions<PaymentsDbContext> options) : ModuleDbContext(options, Schema)
{
    public const string Schema = "payments";

    public DbSet<Creditor> Creditors => Set<Creditor>();

    public DbSet<PaymentReference> References => Set<PaymentReference>();

    public DbSet<Mandate> Mandates => Set<Mandate>();

    public DbSet<CollectionRun> CollectionRuns => Set<CollectionRun>();

    public DbSet<Collection> Collections => Set<Collection>();

    public DbSet<PayeeAccount> PayeeAccounts => Set<PayeeAccount>();

    public DbSet<PayoutRun> PayoutRuns => Set<PayoutRun>();

    public DbSet<Payout> Payouts => Set<Payout>();

    public DbSet<BankStatementFile> BankStatementFiles => Set<BankStatementFile>();

    public DbSet<BankLine> BankLines => Set<BankLine>();

    public DbSet<WorkItem> WorkItems => Set<WorkItem>();

    public DbSet<CardPayment> CardPayments => Set<CardPayment>();

    public DbSet<CardReturn> CardReturns => Set<CardReturn>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Customers have to do with nothing else here.
        modelBuilder
            .Entity<CardPayment>()
            .HasQueryFilter(CustomerFilter, payment => CustomerScope == null || payment.CustomerId == CustomerScope);
        modelBuilder.Entity<CardReturn>().HasQueryFilter(CustomerFilter, back => CustomerScope == null || back.CustomerId == CustomerScope);
    }
}
