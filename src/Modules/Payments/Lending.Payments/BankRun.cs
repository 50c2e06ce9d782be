using Lending.Kernel;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Payments;

/// <summary>Where a run is on its way to the bank.</summary>
internal enum BankRunStatus
{
    /// <summary>It was made, and waits for a second person.</summary>
    Draft,

    /// <summary>Its file may go to the bank.</summary>
    Released,

    /// <summary>It never goes there.</summary>
    Cancelled,
}

/// <summary>What goes to the bank in one file, for one day. Who makes it does not release it.</summary>
internal abstract class BankRun : ITenantOwned, IListed
{
    public const int MessageIdLength = 26;

    public Guid Id { get; protected init; }

    public Guid OrganizationId { get; private init; }

    public BankRunStatus Status { get; private set; }

    /// <summary>What the bank knows the file by.</summary>
    [NotPersonal]
    public string MessageId { get; protected init; } = "";

    public int Count { get; protected set; }

    public decimal Total { get; protected set; }

    /// <summary>The file as it was released: what went to the bank stays as it was.</summary>
    [Personal]
    public Encrypted? File { get; private set; }

    public UserReference CreatedBy { get; protected init; } = null!;

    public DateTimeOffset CreatedAt { get; protected init; }

    /// <summary>Who released or cancelled it; nobody yet.</summary>
    public UserReference DecidedBy { get; private set; } = UserReference.Nobody;

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    public void Release(string file, UserReference by, DateTimeOffset now)
    {
        Status = BankRunStatus.Released;
        File = new Encrypted(file);
        (DecidedBy, DecidedAt) = (by, now);
    }

    public Error? Cancel(UserReference by, DateTimeOffset now)
    {
        if (Status != BankRunStatus.Draft)
        {
            return PaymentsErrors.RunNotDraft;
        }
        Status = BankRunStatus.Cancelled;
        (DecidedBy, DecidedAt) = (by, now);
        return null;
    }

    /// <summary>Why this person may not release it on any day, or null.</summary>
    protected Error? FindObstacleToRelease(Guid userId) =>
        Status != BankRunStatus.Draft ? PaymentsErrors.RunNotDraft
        : userId == CreatedBy.Id ? PaymentsErrors.RunNeedsSecondPerson
        : null;
}
