using System.Reflection;
using TorchSharp;

namespace OpenLedger.Engine.Tests.Models;

/// <summary>A scalar made for one call of libtorch lives until the call is over. Looks at the assembly that the build laid down, for the fault itself needs a collection within microseconds.</summary>
public class HeldScalarTests
{
    [Fact]
    public void A_sum_of_two_tensors_failed_within_libtorch_on_a_scalar_that_was_collected_meanwhile()
    {
        MethodBase[] takers = [.. typeof(torch).Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).OfType<MethodBase>())
            .Where(method => method.GetMethodBody() is not null && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Scalar)))];
        Assert.Contains(takers, method => method is { DeclaringType.Name: "Tensor", Name: "add" });
        Assert.All(takers, method => Assert.True((method.MethodImplementationFlags & MethodImplAttributes.NoOptimization) != 0, $"{method.DeclaringType}.{method}"));
    }
}
