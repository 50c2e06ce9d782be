using Lending.Testing;

namespace Lending.Loans.Tests.Data;

/// <summary>Tables that grow for years, and many rows for them: no plan may read one of them as a whole.</summary>
internal static class PlanTables
{
    public const int Offers = 50_000;

    public static readonly string[] Names =
    [
        "offers",
        "offer_transitions",
        "offer_views",
        "offer_versions",
        "offer_comments",
        "offer_links",
        "offer_acceptances",
        "outbox_messages",
        "products",
        "product_versions",
    ];

    // Ids of rows with a number, so that those of other tables can refer to them.
    private const string OfferOfN = "md5('offer' || n)::uuid";

    /// <summary>One offer a minute, shared among 40 users, to customers with three offers each; most are paid out. Nothing falls due but every thousandth.</summary>
    public static Task MultiplyOffersAsync(QueryPlans plans, Answer offer) =>
        plans.MultiplyAsync(
            "loans.offers",
            $"template.id = '{offer.Id}'",
            Offers,
            $"""
            jsonb_build_object('id', {OfferOfN}, 'created_at', template.created_at - n * interval '1 minute',
                'created_by_id', CASE n % 40 WHEN 0 THEN template.created_by_id ELSE md5('user' || n % 40)::uuid END,
                'customer_id', CASE n % 500 WHEN 0 THEN template.customer_id ELSE md5('customer' || n / 3)::uuid END,
                'loan_amount', 5000 + n * 7919 % 45000, 'amount_owed', 5000 + n * 7919 % 45000,
                'total_payment', 6000 + n * 7919 % 45000, 'total_interest', 1000, 'total_payable', 6000 + n * 7919 % 45000,
                'status', CASE WHEN n % 100 < 50 THEN 'DISBURSED' WHEN n % 100 < 65 THEN 'REJECTED' WHEN n % 100 < 75 THEN 'EXPIRED'
                    WHEN n % 100 < 85 THEN 'PENDING' WHEN n % 100 < 90 THEN 'APPROVED' WHEN n % 100 < 95 THEN 'ACCEPTED'
                    WHEN n % 1000 < 999 THEN 'CANCELLED' ELSE 'WITHDRAWN' END,
                'disbursed_on', CASE WHEN n % 100 < 50 THEN CURRENT_DATE END, 'withdrawal_ended_at', CASE WHEN n % 100 < 50 THEN now() END,
                'valid_until', now() + CASE WHEN n % 1000 = 85 THEN interval '-1 day' ELSE interval '1 hour' * (n % 700) END,
                'withdrawal_ends_at', now() + CASE WHEN n % 1000 = 90 THEN interval '-1 day' ELSE interval '1 hour' * (n % 300) END)
            """
        );

    public static Task MultiplyViewsAsync(QueryPlans plans, Guid offer) =>
        plans.MultiplyAsync("loans.offer_views", $"template.offer_id = '{offer}'", 20_000, $"jsonb_build_object('offer_id', {OfferOfN})");

    public static async Task MultiplyOffersOwnAsync(QueryPlans plans, Guid offer, Guid accepted, Guid approved)
    {
        const string Id = "'id', gen_random_uuid()";
        const string Offer = $"'offer_id', {OfferOfN}";
        await plans.MultiplyAsync(
            "loans.offer_transitions",
            $"template.offer_id = '{offer}'",
            Offers,
            $"jsonb_build_object({Id}, {Offer})"
        );
        await MultiplyViewsAsync(plans, offer);
        const string Customer = "'customer_id', md5('customer' || n / 3)::uuid";
        await plans.MultiplyAsync(
            "loans.offer_versions",
            $"template.offer_id = '{offer}'",
            20_000,
            $"jsonb_build_object({Id}, {Offer}, {Customer})"
        );
        // 500 about this offer, every third of them for the customer.
        await plans.MultiplyAsync(
            "loans.offer_comments",
            $"template.offer_id = '{offer}'",
            20_000,
            $"""
            jsonb_build_object({Id}, 'offer_id', CASE WHEN n <= 500 THEN template.offer_id ELSE {OfferOfN} END,
                'customer_id', CASE WHEN n <= 500 THEN template.customer_id ELSE md5('customer' || n / 3)::uuid END,
                'visibility', CASE n % 3 WHEN 0 THEN 'CUSTOMER' ELSE 'INTERNAL' END, 'created_at', template.created_at - n * interval '1 minute')
            """
        );
        await plans.MultiplyAsync("loans.offer_acceptances", $"template.offer_id = '{accepted}'", 20_000, $"jsonb_build_object({Offer})");
        await plans.MultiplyAsync(
            "loans.offer_links",
            $"template.offer_id = '{approved}'",
            20_000,
            $$"""jsonb_build_object({{Id}}, {{Offer}}, 'token_hash', '\x' || encode(sha256(n::text::bytea), 'hex'))"""
        );
        // 30 are due; 10,000 wait for a version that handles their type; all others are delivered.
        await plans.MultiplyAsync(
            "loans.outbox_messages",
            "template.id = (SELECT id FROM loans.outbox_messages WHERE type = 'LoanOfferCreated' LIMIT 1)",
            20_000,
            $$"""
            jsonb_build_object({{Id}}, 'aggregate_id', {{OfferOfN}}, 'number', n, 'next_attempt_at', template.next_attempt_at - n * interval '1 minute',
                'type', CASE WHEN n > 10000 THEN template.type ELSE 'OfNewerVersion' END,
                'delivered_at', CASE WHEN n > 10030 THEN template.occurred_at END)
            """
        );
    }
}
