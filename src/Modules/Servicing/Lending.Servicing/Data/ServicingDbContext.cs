using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Servicing.Disbursements;
using Lending.Servicing.Dunning;
using Lending.Servicing.Journal;
using Lending.Servicing.LedgerExports;
using Lending.Servicing.LoanAccounts;
using Lending.Servicing.Rates;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Data;

/// <summary>The module's schema. Customers see what is theirs; staff see the whole organisation.</summary>
internal sealed class ServicingDbContext(DbContextOptions<ServicingDbContext> options) : ModuleDbContext(options, Schema), IHasOutbox
{
    public const string Schema = "servicing";

    public DbSet<LoanAccount> LoanAccounts => Set<LoanAccount>();

    public DbSet<LoanStanding> LoanStandings => Set<LoanStanding>();

    public DbSet<LoanEventRow> LoanEvents => Set<LoanEventRow>();

    public DbSet<JournalEntryRow> JournalEntries => Set<JournalEntryRow>();

    public DbSet<Disbursement> Disbursements => Set<Disbursement>();

    public DbSet<PayoffQuote> PayoffQuotes => Set<PayoffQuote>();

    public DbSet<LedgerSettings> LedgerSettings => Set<LedgerSettings>();

    public DbSet<ClosedPeriod> ClosedPeriods => Set<ClosedPeriod>();

    public DbSet<BaseRateRow> BaseRates => Set<BaseRateRow>();

    public DbSet<DunningPolicy> DunningPolicies => Set<DunningPolicy>();

    public DbSet<DunningLetter> DunningLetters => Set<DunningLetter>();

    public DbSet<ForbearanceOffer> ForbearanceOffers => Set<ForbearanceOffer>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder
            .Entity<LoanAccount>()
            .HasQueryFilter(CustomerFilter, account => CustomerScope == null || account.CustomerId == CustomerScope);
        OfOwnAccounts<LoanStanding>(modelBuilder);
        OfOwnAccounts<LoanEventRow>(modelBuilder);
        OfOwnAccounts<JournalEntryRow>(modelBuilder);
        OfOwnAccounts<Disbursement>(modelBuilder);
        OfOwnAccounts<PayoffQuote>(modelBuilder);
        OfOwnAccounts<DunningLetter>(modelBuilder);
        OfOwnAccounts<ForbearanceOffer>(modelBuilder);
    }

    private void OfOwnAccounts<T>(ModelBuilder modelBuilder)
        where T : class =>
        modelBuilder
            .Entity<T>()
            .HasQueryFilter(
                CustomerFilter,
                row =>
                    CustomerScope == null
                    || LoanAccounts.Any(account =>
                        account.Id == EF.Property<Guid>(row, nameof(LoanStanding.LoanAccountId)) && account.CustomerId == CustomerScope
                    )
            );
}
