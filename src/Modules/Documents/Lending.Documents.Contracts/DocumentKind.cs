namespace Lending.Documents.Contracts;

/// <summary>What a document shows.</summary>
public enum DocumentKind
{
    /// <summary>What somebody earns.</summary>
    Payslip,

    /// <summary>What comes into an account and goes out of it.</summary>
    BankStatement,

    /// <summary>A copy of an identity card or a passport. It identifies nobody.</summary>
    IdentityCopy,

    /// <summary>That a house or a flat belongs to somebody.</summary>
    OwnershipProof,

    /// <summary>Anything else.</summary>
    Other,
}
