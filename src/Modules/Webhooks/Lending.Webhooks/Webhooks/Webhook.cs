using System.Security.Cryptography;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Webhooks.Webhooks;

/// <summary>An address of an organisation's own, to which events are sent.</summary>
internal sealed class Webhook : ITenantOwned, IListed
{
    public const int MaximumUrlLength = 2000;
    public const int MaximumEventTypes = 100;

    /// <summary>No organisation has more of them.</summary>
    public const int MaximumOfOrganization = 50;

    /// <summary>How long the secret before signs, too, after a change.</summary>
    public static readonly TimeSpan RotationPeriod = TimeSpan.FromDays(1);

    /// <summary>A webhook that has taken nothing for so long is paused.</summary>
    public static readonly TimeSpan LongestFailing = TimeSpan.FromDays(3);

    /// <summary>How a secret's text begins, as Standard Webhooks want it.</summary>
    public const string SecretPrefix = "whsec_";

    private const int SecretBytes = 32;

    private Webhook() { }

    public Guid Id { get; private set; }

    public Guid OrganizationId { get; private set; }

    [NotPersonal]
    public string Url { get; private set; } = "";

    /// <summary>The names of the types that it wants.</summary>
    [NotPersonal]
    public IReadOnlyList<string> EventTypes { get; private set; } = [];

    [Secret]
    public Encrypted Secret { get; private set; } = null!;

    /// <summary>The secret before the last change.</summary>
    [Secret]
    public Encrypted? PreviousSecret { get; private set; }

    /// <summary>Until when <see cref="PreviousSecret"/> signs, too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; private set; }

    public WebhookStatus Status { get; private set; }

    /// <summary>Why it is paused, if it is.</summary>
    public PauseReason? PausedBecause { get; private set; }

    /// <summary>Since when every attempt has failed; null after one that did not.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version (xmin).</summary>
    public uint RowVersion { get; private set; }

    /// <summary>A new webhook with a new secret.</summary>
    public static Webhook Create(string url, IEnumerable<string> eventTypes, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            Url = url,
            EventTypes = InOrder(eventTypes),
            Secret = new Encrypted(NewSecret()),
            CreatedAt = now,
            UpdatedAt = now,
        };

    /// <summary>Changes where it leads and what it wants, or pauses or resumes it.</summary>
    public void Change(string url, IEnumerable<string> eventTypes, WebhookStatus status, DateTimeOffset now)
    {
        if (url != Url || status != Status)
        {
            // What comes from now on has another chance.
            FailingSince = null;
        }
        if (status != Status)
        {
            Status = status;
            PausedBecause = status == WebhookStatus.Paused ? PauseReason.Request : null;
        }
        Url = url;
        EventTypes = InOrder(eventTypes);
        UpdatedAt = now;
    }

    /// <summary>Gives it a new secret; the present one signs, too, for a day.</summary>
    public void RotateSecret(DateTimeOffset now)
    {
        // A value is encrypted for one column.
        PreviousSecret = new Encrypted(Secret.Text);
        PreviousSecretUntil = now + RotationPeriod;
        Secret = new Encrypted(NewSecret());
        UpdatedAt = now;
    }

    /// <summary>The secrets that sign now, the newest first.</summary>
    public IEnumerable<string> SecretsAt(DateTimeOffset now) =>
        PreviousSecret is { } previous && now < PreviousSecretUntil ? [Secret.Text, previous.Text] : [Secret.Text];

    private static IReadOnlyList<string> InOrder(IEnumerable<string> eventTypes) =>
        [.. eventTypes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
}

/// <summary>Whether a webhook is told of events.</summary>
internal enum WebhookStatus
{
    /// <summary>It is.</summary>
    Active,

    /// <summary>It is not. What happens meanwhile waits for three days.</summary>
    Paused,
}

/// <summary>Why a webhook is paused.</summary>
internal enum PauseReason
{
    /// <summary>Somebody has paused it.</summary>
    Request,

    /// <summary>Everything has failed for three days.</summary>
    Failing,

    /// <summary>It answered 410 Gone.</summary>
    Gone,
}
