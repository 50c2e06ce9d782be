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
        modelBuilder
            .Entity<LoanStanding>()
            .HasQueryFilter(
                CustomerFilter,
                standing =>
                    CustomerScope == null
                    || LoanAccounts.Any(account => account.Id == standing.LoanAccountId && account.CustomerId == CustomerScope)
            );
        modelBuilder
            .Entity<LoanEventRow>()
            .HasQueryFilter(
                CustomerFilter,
                happened =>
                    CustomerScope == null
                    || LoanAccounts.Any(account => account.Id == happened.LoanAccountId && account.CustomerId == CustomerScope)
            );
        modelBuilder
            .Entity<JournalEntryRow>()
            .HasQueryFilter(
                CustomerFilter,
                entry =>
                    CustomerScope == null
                    || LoanAccounts.Any(account => account.Id == entry.LoanAccountId && account.CustomerId == CustomerScope)
            );
        modelBuilder
            .Entity<Disbursement>()
            .HasQueryFilter(
                CustomerFilter,
                disbursement =>
                    CustomerScope == null
                    || LoanAccounts.Any(account => account.Id == disbursement.LoanAccountId && account.CustomerId == CustomerScope)
            );
        modelBuilder
            .Entity<PayoffQuote>()
            .HasQueryFilter(
                CustomerFilter,
                quote =>
                    CustomerScope == null
                    || LoanAccounts.Any(account => account.Id == quote.LoanAccountId && account.CustomerId == CustomerScope)
            );
        modelBuilder
            .Entity<DunningLetter>()
            .HasQueryFilter(
                CustomerFilter,
                letter =>
                    CustomerScope == null
                    || LoanAccounts.Any(account => account.Id == letter.LoanAccountId && account.CustomerId == CustomerScope)
            );
        modelBuilder
            .Entity<ForbearanceOffer>()
            .HasQueryFilter(
                CustomerFilter,
                offer =>
                    CustomerScope == null
                    || LoanAccounts.Any(account => account.Id == offer.LoanAccountId && account.CustomerId == CustomerScope)
            );
    }
}
