namespace FastEndpoints;

/// <summary>The sources that <see cref="DontBindAttribute"/> can switch off.</summary>
[Flags]
public enum Source
{
    /// <summary>Form fields.</summary>
    FormField = 1,

    /// <summary>Route parameters.</summary>
    RouteParam = 2,

    /// <summary>Query parameters.</summary>
    QueryParam = 4,
}

/// <summary>Base of the attributes that say that a property's value does not come from the JSON body.</summary>
public abstract class NonJsonBindingAttribute : Attribute;

/// <summary>Stops some sources from supplying a property's value.</summary>
/// <param name="sources">The sources to switch off.</param>
[AttributeUsage(AttributeTargets.Property)]
public class DontBindAttribute(Source sources) : NonJsonBindingAttribute
{
    /// <summary>The sources that are switched off.</summary>
    public Source BindingSources { get; set; } = sources;

    /// <summary>Whether a missing value is a validation failure.</summary>
    public bool IsRequired { get; set; }
}

/// <summary>The property is bound from a form field only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FormFieldAttribute() : DontBindAttribute(Source.QueryParam | Source.RouteParam);

/// <summary>The property is bound from a route parameter only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RouteParamAttribute() : DontBindAttribute(Source.QueryParam | Source.FormField);

/// <summary>The property is bound from a query parameter only.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class QueryParamAttribute() : DontBindAttribute(Source.RouteParam | Source.FormField);

/// <summary>The whole JSON body is bound to this property.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromBodyAttribute : Attribute;

/// <summary>The name of the route parameter, query parameter or form field, where it differs from the property's.</summary>
/// <param name="name">The name on the wire.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BindFromAttribute(string name) : Attribute
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; set; } = name;
}

/// <summary>The property is bound from a claim of the current user.</summary>
/// <param name="claimType">The claim type; the property's name if null.</param>
/// <param name="isRequired">Whether a missing claim is a validation failure.</param>
/// <param name="removeFromSchema">Whether API documents leave the property out.</param>
[AttributeUsage(AttributeTargets.Property)]
public class FromClaimAttribute(string? claimType = null, bool isRequired = true, bool removeFromSchema = false) : NonJsonBindingAttribute
{
    /// <summary>The property is bound from the claim of its own name.</summary>
    /// <param name="isRequired">Whether a missing claim is a validation failure.</param>
    /// <param name="removeFromSchema">Whether API documents leave the property out.</param>
    public FromClaimAttribute(bool isRequired, bool removeFromSchema = false)
        : this(null, isRequired, removeFromSchema) { }

    /// <summary>The claim type; the property's name if null.</summary>
    public string? ClaimType { get; set; } = claimType;

    /// <summary>Whether a missing claim is a validation failure.</summary>
    public bool IsRequired { get; set; } = isRequired;

    /// <summary>Whether API documents leave the property out.</summary>
    public bool RemoveFromSchema { get; set; } = removeFromSchema;
}

/// <summary>The property is bound from a request header.</summary>
/// <param name="headerName">The header's name; the property's name if null.</param>
/// <param name="isRequired">Whether a missing header is a validation failure.</param>
/// <param name="removeFromSchema">Whether API documents leave the property out.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromHeaderAttribute(string? headerName = null, bool isRequired = true, bool removeFromSchema = false)
    : NonJsonBindingAttribute
{
    /// <summary>The property is bound from the header of its own name.</summary>
    /// <param name="isRequired">Whether a missing header is a validation failure.</param>
    /// <param name="removeFromSchema">Whether API documents leave the property out.</param>
    public FromHeaderAttribute(bool isRequired, bool removeFromSchema = false)
        : this(null, isRequired, removeFromSchema) { }

    /// <summary>The header's name; the property's name if null.</summary>
    public string? HeaderName { get; set; } = headerName;

    /// <summary>Whether a missing header is a validation failure.</summary>
    public bool IsRequired { get; set; } = isRequired;

    /// <summary>Whether API documents leave the property out.</summary>
    public bool RemoveFromSchema { get; set; } = removeFromSchema;
}
