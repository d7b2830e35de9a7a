package lives

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
)

// The words of a run are keyed by counters: consecutive replications, children
// and visits, and seeds that people choose as 1, 2, 3. So the battery looks at
// words whose keys are as alike as they can be: consecutive in one coordinate, the
// others fixed, and on a grid of children and visits.
//
// Each test gives a p-value that is uniform if the words are random. The battery
// fails if any of them is below 1e-6 or above 1 - 1e-6, which random words do
// once in about 10,000 runs of all 49 tests. Counters are fixed, so that the
// answer is always the same.
const batteryRejects = 1e-6

// counters are what a word is keyed by.
type counters struct {
	seed                              uint64
	replication, cohort, child, state int
	visit                             int
}

// engineWord is how the engine makes a word.
func engineWord(k counters) uint64 {
	c := &cohort{key: keyed.Purpose("cohort", fmt.Sprint("cohort ", k.cohort))}
	child := keyed.Member(cohortKey(keyed.Replication(k.seed, k.replication), c), k.child)
	return keyed.Word(child, keyed.Purpose("state", fmt.Sprint("state ", k.state))+uint64(k.visit)*keyed.Golden)
}

// withoutLastStage is engineWord without the mix of the last stage.
func withoutLastStage(k counters) uint64 {
	c := &cohort{key: keyed.Purpose("cohort", fmt.Sprint("cohort ", k.cohort))}
	child := keyed.Member(cohortKey(keyed.Replication(k.seed, k.replication), c), k.child)
	return child ^ (keyed.Purpose("state", fmt.Sprint("state ", k.state)) + uint64(k.visit)*keyed.Golden)
}

// addedUp mixes once, what all counters come to: child 2 on visit 1 has the word of
// child 1 on visit 2.
func addedUp(k counters) uint64 {
	sum := k.replication + k.cohort + k.child + k.state + k.visit
	return keyed.Mix(keyed.Replication(k.seed, 0) + uint64(sum)*keyed.Golden)
}

// coordinates are the ways to count: the i-th key of n.
var coordinates = map[string]func(i, n int) counters{
	"seed":        func(i, _ int) counters { return counters{seed: uint64(i)} },
	"replication": func(i, _ int) counters { return counters{replication: i} },
	"cohort":      func(i, _ int) counters { return counters{cohort: i} },
	"child":       func(i, _ int) counters { return counters{child: i} },
	"state":       func(i, _ int) counters { return counters{state: i} },
	"visit":       func(i, _ int) counters { return counters{visit: i} },
	"child and visit": func(i, n int) counters {
		side := int(math.Sqrt(float64(n)))
		return counters{child: i / side, visit: i % side}
	},
}

// battery is the tests of a sequence of words.
var battery = map[string]func([]uint64) float64{
	"bits are balanced": func(words []uint64) float64 { return fair(words) },
	"neighbours differ in half of their bits": func(words []uint64) float64 {
		var changes []uint64
		for i := 1; i < len(words); i += 2 { // each word once, so that changes are independent
			changes = append(changes, words[i]^words[i-1])
		}
		return fair(changes)
	},
	"neighbours are not correlated": serial,
	"pairs of bits are independent": pairs,
	"birthday spacings, upper half": func(words []uint64) float64 { return birthdays(words, 32) },
	"birthday spacings, lower half": func(words []uint64) float64 { return birthdays(words, 0) },
	"moves follow their law":        lawOfMoves,
}

func TestBatteryOnStructuredCounters(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many words")
	}
	n := 1 << 14
	if long() {
		n = 1 << 20
	}
	for name, p := range runBattery(engineWord, n) {
		require.Greater(t, min(p, 1-p), batteryRejects, name)
	}
}

// The battery can fail: it catches generators that mix less.
func TestBatteryCatchesBadGenerators(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many words")
	}
	for name, bad := range map[string]func(counters) uint64{"without the last stage": withoutLastStage, "counters added up": addedUp} {
		caught := 0
		for test, p := range runBattery(bad, 1<<14) {
			if !(min(p, 1-p) > batteryRejects) {
				t.Logf("%s: caught by %s", name, test)
				caught++
			}
		}
		require.NotZero(t, caught, name)
	}
}

func runBattery(generator func(counters) uint64, n int) map[string]float64 {
	p := map[string]float64{}
	for along, key := range coordinates {
		words := make([]uint64, n)
		for i := range words {
			words[i] = generator(key(i, n))
		}
		for name, test := range battery {
			p[along+": "+name] = test(words)
		}
	}
	return p
}

// fair is the p-value of every bit being 1 half of the time: a χ² with as many
// degrees of freedom as there are bits.
func fair(words []uint64) float64 {
	var ones [64]float64
	for _, w := range words {
		for b := range ones {
			ones[b] += float64(w >> b & 1)
		}
	}
	chi, n := 0.0, float64(len(words))
	for _, k := range ones {
		chi += (2*k - n) * (2*k - n) / n
	}
	return distuv.ChiSquared{K: 64}.Survival(chi)
}

// serial is the p-value of the correlation of neighbours as numbers from 0 to 1.
func serial(words []uint64) float64 {
	sum := 0.0
	for i := 1; i < len(words); i++ {
		sum += (keyed.Unit(words[i]) - 0.5) * (keyed.Unit(words[i-1]) - 0.5) * 12
	}
	return distuv.UnitNormal.Survival(sum / math.Sqrt(float64(len(words)-1)))
}

// pairs is the p-value of every two bits being equal half of the time. If the
// bits are random, the 2,016 counts are pairwise independent.
func pairs(words []uint64) float64 {
	var differ [64][64]int
	for _, w := range words {
		for b := 1; b < 64; b++ {
			// Bit i of the word is compared with bit i + b.
			for x := (w ^ w>>b) & (1<<(64-b) - 1); x != 0; x &= x - 1 {
				differ[b][bits.TrailingZeros64(x)]++
			}
		}
	}
	chi, n := 0.0, float64(len(words))
	for b := 1; b < 64; b++ {
		for _, k := range differ[b][:64-b] {
			chi += (2*float64(k) - n) * (2*float64(k) - n) / n
		}
	}
	return distuv.ChiSquared{K: 64 * 63 / 2}.Survival(chi)
}

// birthdays is the p-value of Marsaglia's birthday spacings: of m = 4,096
// birthdays in a year of n = 2^32 days, in order, the spacings that occur again
// are a Poisson number with mean m³ ÷ 4n = 4. Years are added up.
func birthdays(words []uint64, shift int) float64 {
	const m = 4096
	years, again := 0, 0
	for ; len(words) >= m; words = words[m:] {
		days := make([]uint32, m)
		for i, w := range words[:m] {
			days[i] = uint32(w >> shift)
		}
		slices.Sort(days)
		for i := m - 1; i > 0; i-- {
			days[i] -= days[i-1]
		}
		slices.Sort(days)
		again += m - len(slices.Compact(days))
		years++
	}
	law := distuv.Poisson{Lambda: 4 * float64(years)}
	return law.Survival(float64(again)) + law.Prob(float64(again))/2
}

// lawOfMoves is the p-value of a χ² test of the week and the destination that
// words give a child who leaves with probability 0.05 a week, for three states in
// the proportions 1 : 2 : 5.
func lawOfMoves(words []uint64) float64 {
	const leave, cells = 0.05, 60 // weeks; the last holds all later ones
	to := cumulate([]numberedMove{{0, 0}, {1, 1}, {2, 2}}, []float64{1. / 8, 2. / 8, 5. / 8}, nil)
	h := keyed.Hazard(leave)
	var seen [cells][3]float64
	for _, w := range words {
		week := min(int((keyed.Threshold(w)-1)/h), cells-1)
		seen[week][to.pick(w)]++
	}
	chi, n := 0.0, float64(len(words))
	for week := range cells {
		p := leave * math.Pow(1-leave, float64(week))
		if week == cells-1 {
			p = math.Pow(1-leave, cells-1)
		}
		for k, share := range []float64{1. / 8, 2. / 8, 5. / 8} {
			expected := n * p * share
			chi += (seen[week][k] - expected) * (seen[week][k] - expected) / expected
		}
	}
	return distuv.ChiSquared{K: cells*3 - 1}.Survival(chi)
}
