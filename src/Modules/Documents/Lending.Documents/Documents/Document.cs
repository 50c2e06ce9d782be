using System.ComponentModel.DataAnnotations;
using Lending.Documents.Checks;
using Lending.Documents.Contracts;
using Lending.Documents.Files;
using Lending.Kernel;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Documents.Documents;

/// <summary>
/// A file that proves something about a customer. The file lies in the store, encrypted with a key of its own, which stands here, encrypted itself: without the
/// row nobody can read the file any more.
/// </summary>
internal sealed class Document : ITenantOwned, IListed
{
    public const int MaximumCommentLength = 1000;

    private static readonly ReviewReason[] OfRevision =
    [
        ReviewReason.Illegible,
        ReviewReason.Incomplete,
        ReviewReason.Outdated,
        ReviewReason.WrongKind,
        ReviewReason.WrongPerson,
    ];

    private static readonly ReviewReason[] OfRejection = [ReviewReason.WrongPerson, ReviewReason.NotGenuine, ReviewReason.NotAccepted];

    private Document() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid CustomerId { get; private init; }

    public DocumentKind Kind { get; private init; }

    /// <summary>What the customer was asked for, where it is an answer.</summary>
    public Guid? RequestId { get; private init; }

    public DocumentStatus Status { get; private set; }

    /// <summary>The name that the file was sent with, for people.</summary>
    [Personal, MaxLength(Checks.FileName.MaximumLength)]
    public string FileName { get; private init; } = "";

    public FileFormat Format { get; private init; }

    /// <summary>How long the file is; what was sent may have been longer.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The hash of what was sent.</summary>
    [Personal]
    public byte[] Sha256 { get; private init; } = [];

    /// <summary>The file in the store; null where it is deleted.</summary>
    public Guid? FileId { get; private set; }

    /// <summary>The file's key; null where the file is deleted.</summary>
    [Secret]
    public Encrypted? FileKey { get; private set; }

    public UserReference UploadedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    public Guid? ReviewedById { get; private set; }

    [Personal]
    public string? ReviewedByUsername { get; private set; }

    public ReviewReason? Reason { get; private set; }

    /// <summary>What the customer is told.</summary>
    [Personal, MaxLength(MaximumCommentLength)]
    public string? CommentForCustomer { get; private set; }

    /// <summary>What the customer is not told.</summary>
    [Personal, MaxLength(MaximumCommentLength)]
    public string? CommentForStaff { get; private set; }

    /// <summary>The last day on which an approved one counts.</summary>
    [Personal]
    public DateOnly? ValidUntil { get; private set; }

    public uint RowVersion { get; private init; }

    /// <summary>Whether people may read the file: somebody has looked for viruses, and it is there.</summary>
    public bool IsReadable => Status is not (DocumentStatus.Quarantined or DocumentStatus.Infected or DocumentStatus.Unreadable);

    /// <summary>The file, decrypted. Whoever shows it to people asks first whether they may read it.</summary>
    public DecryptingStream Open(IFileStore store)
    {
        var id = FileId!.Value;
        return new(id, FileKey!.Text, SizeBytes, (from, ct) => store.OpenAsync(id, from, ct));
    }

    /// <summary>A document whose file has just come, and is kept.</summary>
    /// <param name="upload">What was sent.</param>
    /// <param name="file">The file that is kept of it.</param>
    /// <param name="isScanned">Whether somebody has looked for viruses.</param>
    /// <param name="by">Who sent it.</param>
    /// <param name="now">When it came.</param>
    public static Document Receive(Upload upload, SpooledFile file, bool isScanned, UserReference by, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            CustomerId = upload.CustomerId,
            Kind = upload.Kind,
            RequestId = upload.RequestId,
            Status = isScanned ? DocumentStatus.Pending : DocumentStatus.Quarantined,
            FileName = upload.FileName,
            Format = upload.Format,
            SizeBytes = file.SizeBytes,
            Sha256 = upload.Sha256,
            FileId = file.Id,
            FileKey = file.Key,
            UploadedBy = by,
            CreatedAt = now,
        };

    /// <summary>Nothing bad was found in it: from here on people can read it. Of a picture, another file is kept than was sent.</summary>
    public void Release(SpooledFile? clean)
    {
        Status = DocumentStatus.Pending;
        if (clean is not null)
        {
            (FileId, FileKey, SizeBytes) = (clean.Id, clean.Key, clean.SizeBytes);
        }
    }

    /// <summary>What was found makes it useless.</summary>
    public void Condemn(DocumentStatus status)
    {
        Status = status;
        (FileId, FileKey) = (null, null);
    }

    /// <summary>Somebody decides on it.</summary>
    public Error? Review(Review review, UserReference by, DateTimeOffset now)
    {
        if (Status != DocumentStatus.Pending)
        {
            return DocumentErrors.NotPending;
        }
        var isApproved = review.Decision == ReviewDecision.Approved;
        ReviewReason[] reasons = review.Decision switch
        {
            ReviewDecision.Revision => OfRevision,
            ReviewDecision.Rejected => OfRejection,
            _ => [],
        };
        if (isApproved ? review.Reason is not null : review.Reason is not { } reason || !reasons.Contains(reason))
        {
            return DocumentErrors.WrongReason;
        }
        if (review.ValidUntil is { } day && (!isApproved || day < DateOnly.FromDateTime(now.UtcDateTime)))
        {
            return DocumentErrors.WrongDay;
        }
        Status = review.Decision switch
        {
            ReviewDecision.Approved => DocumentStatus.Approved,
            ReviewDecision.Revision => DocumentStatus.Revision,
            _ => DocumentStatus.Rejected,
        };
        (Reason, CommentForCustomer, CommentForStaff, ValidUntil) = (
            review.Reason,
            review.CommentForCustomer,
            review.CommentForStaff,
            review.ValidUntil
        );
        (ReviewedAt, ReviewedById, ReviewedByUsername) = (now, by.Id, by.Username);
        return null;
    }

    /// <summary>Its last day is over.</summary>
    public void Expire() => Status = DocumentStatus.Expired;
}

/// <summary>What somebody says of a document when they decide on it.</summary>
internal sealed record Review(
    ReviewDecision Decision,
    ReviewReason? Reason,
    string? CommentForCustomer,
    string? CommentForStaff,
    DateOnly? ValidUntil
);

/// <summary>What was sent, apart from the file itself.</summary>
internal sealed record Upload(Guid CustomerId, DocumentKind Kind, Guid? RequestId, string FileName, FileFormat Format, byte[] Sha256);
