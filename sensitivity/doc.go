// Package sensitivity runs one programme many times: under stresses, along one
// driver, with each input low and high, with facilities of different sizes. It
// answers what commissioners and investors ask before they sign.
//
//	Stress   what does each thing that may go wrong do to costs, capital and return?
//	Reverse  how bad must one thing be for the facility to be too small?
//	Size     how large must the facility be, to be enough 19 times in 20?
//	Curve    what do capital, risks and savings come to along one driver?
//	Tornado  which input matters most?
//
// The first four run all replications, and give probabilities. The last works on
// the central projection, which takes milliseconds.
//
// # The same luck
//
// All runs of one call have the same seed, and a child has the same luck in each
// of them (see package montecarlo). What is left between two runs is what was
// changed: differences are known far better than the figures themselves, and a
// search does not stumble over noise. Versions that differ in money alone are
// priced from the same lives, so they are also quick. The seed still matters:
// every probability is given with its Monte Carlo standard error, and an answer
// found by search is known no better than the probability at it.
//
// # Drivers and inputs
//
// A [Driver] is one number with a range: a factor on referrals, days by which
// claims are paid later. It is data, made of paths in the programme's file. An
// [Input] is a low and a high set of edits. [Drivers] and [Inputs] return those
// that fit a programme, whatever way its rates and prices are written; the inputs
// include every pair of variants that the file calls "low …" and "high …".
//
// # What the answers are not
//
// A stress is not a forecast: it has no probability, and the worst of a list is
// the worst of what somebody thought of. Several at once need not be worse than
// one: fewer referrals earn less and need less capital too.
//
// A reverse answer holds for one driver with all others as they are. In life
// they move together. Where a probability rises and falls again along the
// driver, the crossing is the one nearest to the case as it is; [Answer.Tried]
// shows the rest as far as it was run.
//
// A size is enough for the luck of children's lives at the rates of one case. It
// says nothing of how well the rates are known, which matters more: size it in
// several cases, and under stresses.
//
// A curve is a section through a programme, and its axis is what the driver
// multiplies. Where a chart is to be drawn against deadweight, take
// [Point.Deadweight] of the driver [WithoutProgramme].
//
// A tornado moves one input at a time, by ranges that are not equally likely, and
// so misses what inputs do together. Its bars are central projections: what
// would be if everything went as expected, and for the capital requirement
// below the mean.
//
// # What it does not do
//
// It draws no parameters, fits nothing and reads no files. It changes neither
// the document nor the programme that it is given.
package sensitivity
