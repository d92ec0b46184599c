namespace OpenLedger.Engine.Training;

/// <summary>How DPO turns a difference between two answers into a loss.</summary>
public enum PreferenceForm
{
    /// <summary>Logistic, as in the first paper (Rafailov et al., arXiv 2305.18290); label smoothing as its authors' note on noisy labels has it.</summary>
    Sigmoid,

    /// <summary>Logistic and unbiased under the share of wrong labels that label smoothing names (Chowdhury et al., arXiv 2403.00409).</summary>
    Robust,

    /// <summary>Squared distance of the answers' mean difference from a target (IPO: Azar et al., arXiv 2310.12036).</summary>
    Ipo,

    /// <summary>Nothing once the difference is large enough (SLiC: Zhao et al., arXiv 2305.10425).</summary>
    Hinge,
}
