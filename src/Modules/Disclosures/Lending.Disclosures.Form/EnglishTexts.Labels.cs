namespace Lending.Disclosures.Form;

/// <content>The headings and labels of the form in English.</content>
internal sealed partial class EnglishTexts
{
    public override IReadOnlyDictionary<string, string> Headings { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormRows.KeyInformation] = "Key information, part I",
            [FormRows.MoreKeyInformation] = "Key information, part II",
            [FormRows.Features] = "Additional information: 1. Main features of the credit product",
            [FormRows.Costs] = "Additional information: 2. Costs of the credit",
            [FormRows.Legal] = "Additional information: 3. Other important legal aspects",
            [FormRows.Distance] = "Additional information: 4. Distance marketing of financial services",
        };

    public override IReadOnlyDictionary<string, (string Label, string? Explanation)> Labels { get; } =
        new Dictionary<string, (string, string?)>(StringComparer.Ordinal)
        {
            ["creditor"] = ("Creditor", null),
            ["intermediary"] = ("Credit intermediary", null),
            ["amount-of-credit"] = ("Total amount of credit", "The ceiling or the total sums made available under the credit agreement."),
            ["duration"] = ("Duration of the credit agreement", null),
            ["borrowing-rate"] = ("Borrowing rate", null),
            ["annual-percentage-rate"] = (
                "Annual percentage rate of charge (APR)",
                "The total cost as an annual percentage of the total amount of credit. It helps you to compare different offers."
            ),
            ["total-payable"] = (
                "Total amount you will have to pay",
                "The borrowed capital plus interest and possible costs related to your credit."
            ),
            ["goods"] = ("Goods or service to which the credit is linked", null),
            ["late-payment-costs"] = ("Costs in the case of late payments", null),
            ["instalments"] = ("Instalments, and the order in which they are allocated", null),
            ["missed-payments"] = ("Warning: missing or late payments", null),
            ["withdrawal"] = ("Right of withdrawal", null),
            ["early-repayment"] = ("Early repayment", "You have the right to repay the credit early at any time, fully or partially."),
            ["creditor-contact"] = ("Address of the creditor", null),
            ["intermediary-contact"] = ("Address of the credit intermediary", null),
            ["credit-type"] = ("Type of credit", null),
            ["drawdown"] = ("Conditions governing the drawdown", "How and when you will obtain the money."),
            ["other-drawdowns"] = ("Other drawdown mechanisms", null),
            ["sureties"] = ("Sureties required", "The security that you provide in relation to the credit agreement."),
            ["no-amortisation"] = ("No immediate amortisation of the capital", null),
            ["personalised-price"] = ("Personalised price", null),
            ["rate-conditions"] = ("Borrowing rate: type, periods and changes", null),
            ["representative-example"] = ("Annual percentage rate of charge: representative example and assumptions", null),
            ["ancillary-services"] = ("Compulsory insurance or other ancillary service contract", null),
            ["charges"] = ("Charges, and when they can change", null),
            ["notary"] = ("Costs of a notary", null),
            ["compensation"] = ("Compensation in the case of early repayment", null),
            ["database"] = ("Consultation of a database", null),
            ["draft-agreement"] = ("Right to a draft of the credit agreement", null),
            ["validity"] = ("How long the creditor is bound by this information", null),
            ["redress"] = ("Out-of-court complaint and redress", null),
            ["other-breaches"] = ("Warning: other breaches of the agreement", null),
            ["schedule"] = ("Repayment schedule", null),
            ["representative"] = ("Representative of the creditor in your country", null),
            ["register"] = ("Register and number", null),
            ["supervisor"] = ("Supervisory authority", null),
            ["how-to-withdraw"] = ("How to withdraw", null),
            ["law-and-court"] = ("Applicable law and competent court", null),
            ["language"] = ("Language", null),
        };
}
