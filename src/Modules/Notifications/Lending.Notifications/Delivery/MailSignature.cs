using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;

namespace Lending.Notifications.Delivery;

/// <summary>Signs mails for their domain (DKIM), where a key is set, so that their receivers know that nobody has changed them.</summary>
internal sealed class MailSignature(IOptions<MailOptions> options, TimeProvider clock)
{
    // A header that a mail lacks is signed as missing: nobody can add it on the way, such as one that unsubscribes elsewhere (RFC 8058, 4).
    private static readonly HeaderId[] Signed =
    [
        HeaderId.From,
        HeaderId.To,
        HeaderId.Subject,
        HeaderId.Date,
        HeaderId.MessageId,
        HeaderId.MimeVersion,
        HeaderId.ContentType,
        HeaderId.AutoSubmitted,
        HeaderId.ListUnsubscribe,
        HeaderId.ListUnsubscribePost,
    ];

    private readonly Signer? signer = options.Value.Dkim is { IsSetUp: true } dkim ? new Signer(dkim, clock) : null;

    /// <summary>Signs a mail that is ready to leave; nothing of it may change afterwards.</summary>
    public void Sign(MimeMessage mail)
    {
        if (signer is null)
        {
            return;
        }
        // As every server takes it: one that made another encoding of it would break the signature.
        mail.Prepare(EncodingConstraint.SevenBit);
        signer.Sign(mail, Signed);
    }

    private sealed class Signer : DkimSigner
    {
        private readonly TimeProvider clock;

        public Signer(DkimOptions options, TimeProvider clock)
            : base(PemOf(options), options.Domain!, options.Selector!, DkimSignatureAlgorithm.RsaSha256)
        {
            this.clock = clock;
            // Spaces that a server folds on the way do not count.
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed;
        }

        protected override long GetTimestamp() => clock.GetUtcNow().ToUnixTimeSeconds();

        private static MemoryStream PemOf(DkimOptions options) => new(Encoding.ASCII.GetBytes(options.PrivateKeyPem));
    }
}
