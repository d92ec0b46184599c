namespace OpenLedger.Engine.Retrieval;

/// <summary>Says whether a passage is near enough to a question to be shown to a model. Knows nothing of ranks.</summary>
/// <remarks>
/// Calibrated on the sample Datanet (450 MedQuAD rows, 872 passages; the <c>retrieval</c> benchmark does it again). To be answered: each row's question without its
/// small words and a fourth of the others, and 428 of them in other words ("what are the treatments for" as "how do doctors treat"). To be refused: 200
/// MedQuAD questions whose subject the sample never names, 100 of GSM8K, 40 everyday ones. Cosine alone confuses a neighbouring disease with the
/// right one (median .48 against .76); coverage tells them apart, because the name of what is asked about is rare and the passage lacks it. Of weights from
/// 0 to 1.5 and all thresholds, .4 and .74 refuse 88 % of the first kind and all others, and wrongly 0.2 % and 1.2 %; from .7 to .78 little changes.
/// </remarks>
/// <param name="LeastCosine">A passage whose meaning is further than this is never relevant, whatever words it shares.</param>
/// <param name="Threshold">What cosine and weighed coverage must come to together.</param>
/// <param name="CoverageWeight">What coverage counts beside cosine.</param>
public sealed record RelevanceRule(double LeastCosine = 0.3, double Threshold = 0.74, double CoverageWeight = 0.4)
{
    /// <summary>Whether it is near enough.</summary>
    public bool Accepts(double cosine, double coverage) => cosine >= LeastCosine && cosine + CoverageWeight * coverage >= Threshold;
}
