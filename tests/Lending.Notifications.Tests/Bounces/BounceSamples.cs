namespace Lending.Notifications.Tests.Bounces;

/// <summary>Mails by which servers say that one was not delivered.</summary>
internal static class BounceSamples
{
    /// <summary>As Postfix writes them, with the headers of the mail that came back.</summary>
    public static string Postfix(string messageId, string recipient, string status = "5.1.1", string action = "failed") =>
        Report(
            $"""
            Reporting-MTA: dns; mail.lending.example
            X-Postfix-Queue-ID: 1A2B3C4D5E
            Arrival-Date: Mon, 30 Nov 2026 03:00:00 +0000 (UTC)

            Final-Recipient: rfc822; {recipient}
            Original-Recipient: rfc822;{recipient}
            Action: {action}
            Status: {status}
            Remote-MTA: dns; mx.example.org
            Diagnostic-Code: smtp; 550 {status} no such person
            """,
            $"""

            --parts
            Content-Description: Undelivered Message Headers
            Content-Type: text/rfc822-headers

            Message-Id: <{messageId}>
            To: {recipient}
            Subject: Your documents

            """
        );

    /// <summary>With the whole mail that came back, and an alias that was resolved on the way.</summary>
    public static string WholeMail(string messageId, string recipient) =>
        Report(
            $"""
            Reporting-MTA: dns;mail.lending.example

            Original-Recipient: rfc822;<{recipient.ToUpperInvariant()}>
            Final-Recipient: RFC822; mailbox.of.alias@example.net
            Action: Failed
            Status: 5.1.10 (no such mailbox)
            """,
            $"""

            --parts
            Content-Type: message/rfc822

            Message-Id: <{messageId}>
            To: {recipient}
            Subject: Your documents
            Content-Type: text/plain

            Dear customer
            """
        );

    /// <summary>Without anything of the mail but its id.</summary>
    public static string IdAlone(string messageId, string recipient) =>
        Report(
            $"""
            Reporting-MTA: dns; mx.example.net
            X-Original-Message-ID: <{messageId}>

            Final-Recipient: rfc822;{recipient}
            Action: failed
            Status: 5.7.1
            """,
            ""
        );

    public static string Report(string status, string returned) =>
        $"""
            From: MAILER-DAEMON@mail.lending.example
            To: no-reply@lending.example
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=parts

            --parts
            Content-Type: text/plain

            I'm sorry to have to inform you that your message could not be delivered.

            --parts
            Content-Type: message/delivery-status

            {status}
            {returned}
            --parts--

            """;
}
