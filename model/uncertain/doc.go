// Package uncertain holds the laws of inputs that are not known exactly: how a
// rate, a share, a cost or a number of children may turn out, given what is known.
//
// It knows nothing of programmes and makes no random numbers. A law turns a
// uniform u between 0 and 1, which the caller draws, into the input's value at
// that quantile, so the same u gives the same place in any law, and an input that
// is added changes no other's draws.
//
// # From what people say to a law
//
// Someone who knows a service says "about 0.8% a week, and I would be surprised if
// it were below 0.6% or above 1.1%". [Fit] takes this as a mean and a range that
// holds 90%, and gives the law of a family that has exactly these. What is known
// from counts needs no judgement: of 31 children who stepped down 20 broke down,
// so [OfCounts] gives Beta(20, 11).
//
//	an input                      family       its two figures
//	share or probability          Beta         mean and 90% range, or counts
//	rate or multiplier            LogNormal    mean and 90% range
//	cost or number of children    Gamma        mean and 90% range
//	may err as much either way    Normal       the same, and limits if any
//	ends that it cannot pass      Triangular, PERT, Uniform
//	one of a few values           List         weights
//
// Two things about a range are easily got wrong. The mean is not the most likely
// value: of a law with a long tail to the right it is above it. And 90% lies
// between the ends, not 5% beyond each: the tails of a skewed law differ, so
// [Law.Range], the 5% and 95% quantiles, is near the range that was stated and not
// the same. A mean too near one end of its range has no law, and the error offers
// ranges that have.
//
// # Using a law
//
//	law, err := uncertain.Fit(uncertain.LogNormal, 0.0081, 0.0060, 0.0110)
//	quick := uncertain.NewQuick(law)      // once
//	rate := quick.Quantile(random.Float64()) // for each draw: some ten nanoseconds
//
// [Law.Above] is exact in the far tail: whether a law is over 1 with more than one
// chance in a million is asked of it, not of draws. [Law.Times] and [Law.Plus]
// scale and shift a law with its range.
//
// # Inputs that go together
//
// A [Copula] joins uniforms before they go into their laws, so that inputs have
// the rank correlations (Spearman's) that are given. A rank correlation does
// not depend on the families, so it means the same of a share and a cost. Shares
// that add to 1 are Gamma, each with its count and one scale, over their sum: package
// scenario draws them so (Dirichlet's law).
//
// # Faults
//
// Nothing here panics on figures that a person gave. A law that cannot be is an
// error that says why, and what to change. A law that was written by hand and not
// put to [Law.Check] gives NaN if it is not sound.
//
// # Sources
//
// Families by quantity, Beta from counts, and shares that vary together: A. Briggs,
// K. Claxton and M. Sculpher, Decision Modelling for Health Economic Evaluation
// (2006), chapter 4. PERT: D. Malcolm, J. Roseboom, C. Clark and W. Fazar, Application of a
// Technique for Research and Development Program Evaluation, Operations Research 7
// (1959). The correlation of Normals that gives a rank correlation ρ,
// 2 sin(πρ ÷ 6): K. Pearson, On Further Methods of Determining Correlation (1907).
// Joining inputs by rank: R. Iman and W. Conover, Communications in Statistics B11
// (1982). Monotone cubics: F. Fritsch and R. Carlson, SIAM Journal on Numerical
// Analysis 17 (1980).
//
//	law.go                   a law, its figures, scaling and shifting
//	family.go                what the families are and what they use
//	fit.go                   a law from a mean and a range; root.go, limits.go
//	beta.go … uniform.go     a file for each family; list.go
//	incomplete.go, invert.go tail probabilities and quantiles of Beta and Gamma
//	quick.go                 quantiles from a table
//	copula.go                inputs that go together by rank
package uncertain
