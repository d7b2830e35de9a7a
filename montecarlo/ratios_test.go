//go:build unix

package montecarlo

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/csvrows"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/turns"
)

var update = flag.Bool("update", false, "keep the ratios of BenchmarkPerformance, and write the table of docs/performance.md")

// Where ratios are kept, and where they are shown.
const (
	ratiosFile = "../docs/ratios.csv"
	ratiosPage = "../docs/performance.md"
)

// measured is one thing whose speed is measured.
type measured struct {
	What, Of string
	Reached  float64 // in Unit, or a ratio where there is none
	Unit     string
	Target   goal   // what Reached is to be
	Better   string // "higher" or "lower", of Reached and Ratio
	// Ratio is what is compared with the last one kept, because times of two days or
	// machines say nothing; 0 where there is none. It is to what RatioTo names.
	Ratio   float64
	RatioTo string
	// This took so long, and what it is compared with: median and fast turn, in TimesIn.
	// All are 0 where nothing was timed, and the last two where it stands alone.
	This, Other [2]float64
	TimesIn     string
	Allocations int // each time; -1 where they were not counted
}

// goal is what a figure must at least be, and what it aims at; 0 where there is none.
type goal struct{ Least, Aim float64 }

const (
	higher = "higher"
	lower  = "lower"
)

// machine is what the row is about that says where the others were measured, with the
// share of the time for which it asked that the process was given, in %.
const machine = "given of the processor time asked for"

// byTheClock are times that say something on an idle machine only.
const byTheClock = "s by the clock"

// idle is the least share of processor time given, in %, by which a machine is idle.
const idle = 90

// inUnit are a median and a fast turn in a unit of so many nanoseconds.
func inUnit(taken turns.Taken, nanoseconds float64) [2]float64 {
	return [2]float64{taken.Median / nanoseconds, taken.Fastest / nanoseconds}
}

var ratioColumns = []string{
	"what", "of", "reached", "unit", "at least", "aim", "better", "ratio", "ratio to",
	"median", "fast turn", "other median", "other fast turn", "times in", "allocations",
}

// writeRatios writes what was measured as the CSV of [ratiosFile].
func writeRatios(all []measured) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	number := func(f float64) string {
		if f == 0 {
			return ""
		}
		return strconv.FormatFloat(f, 'g', 4, 64)
	}
	_ = w.Write(ratioColumns)
	for _, m := range all {
		allocations := ""
		if m.Allocations >= 0 {
			allocations = strconv.Itoa(m.Allocations)
		}
		_ = w.Write([]string{
			m.What, m.Of, number(m.Reached), m.Unit, number(m.Target.Least), number(m.Target.Aim), m.Better, number(m.Ratio), m.RatioTo,
			number(m.This[0]), number(m.This[1]), number(m.Other[0]), number(m.Other[1]), m.TimesIn, allocations,
		})
	}
	w.Flush()
	return out.Bytes()
}

// readRatios reads what [writeRatios] wrote.
func readRatios(file []byte) ([]measured, error) {
	var all []measured
	return all, csvrows.Read(bytes.NewReader(file), ratioColumns, len(ratioColumns), func(row csvrows.Row) error {
		var faults []error
		number := func(column string) float64 {
			if row.Text(column) == "" {
				return 0
			}
			f, err := strconv.ParseFloat(row.Text(column), 64)
			if err != nil {
				faults = append(faults, fmt.Errorf("column %q: %w", column, err))
			}
			return f
		}
		m := measured{
			What: row.Text("what"), Of: row.Text("of"), Reached: number("reached"), Unit: row.Text("unit"),
			Target: goal{number("at least"), number("aim")}, Better: row.Text("better"), Ratio: number("ratio"), RatioTo: row.Text("ratio to"),
			This: [2]float64{number("median"), number("fast turn")}, Other: [2]float64{number("other median"), number("other fast turn")},
			TimesIn: row.Text("times in"), Allocations: -1,
		}
		if row.Text("allocations") != "" {
			m.Allocations = int(number("allocations"))
		}
		all = append(all, m)
		return errors.Join(faults...)
	})
}

// ratioTable is the table of docs/performance.md, in Markdown.
func ratioTable(all []measured) string {
	var out strings.Builder
	out.WriteString("| what | of what | target | reached | median (fast turns) |\n| --- | --- | --- | --- | --- |\n")
	for _, m := range all {
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", m.What, m.Of, m.target(), withUnit(m.Reached, m.Unit), m.times())
	}
	return out.String()
}

// target is "at least (aim)".
func (m measured) target() string {
	if m.Target.Least == 0 {
		return ""
	}
	return fmt.Sprintf("%s (%v)", withUnit(m.Target.Least, m.Unit), m.Target.Aim)
}

func (m measured) times() string {
	var said []string
	if m.This[0] > 0 {
		text := bracketed(m.This)
		if m.Other[0] > 0 {
			text += " ÷ " + bracketed(m.Other)
		}
		said = append(said, text+" "+m.TimesIn)
	}
	if m.Allocations >= 0 {
		said = append(said, words.Plural(m.Allocations, "allocation"))
	}
	return strings.Join(said, ", ")
}

func bracketed(taken [2]float64) string {
	return threeDigits(taken[0]) + " (" + threeDigits(taken[1]) + ")"
}

func withUnit(value float64, unit string) string {
	return strings.TrimSpace(threeDigits(value) + " " + unit)
}

// threeDigits are as many as two runs on a shared machine may have in common.
func threeDigits(value float64) string { return strconv.FormatFloat(value, 'g', 3, 64) }

// fallen is a ratio that is worse than the one kept.
type fallen struct {
	measured
	Kept  float64 // the ratio in the file
	Speed float64 // what is left of it: 0.8 where a fifth of the speed is gone
}

// leastSpeed is how much of a ratio may be left before it is reported: turns on a machine
// that others use differ by less than that.
const leastSpeed = 0.9

// compared are the ratios that fell against those kept, worst first, and the names of what
// has no ratio that could be compared on both sides: it is new or gone, or goes by the
// clock of a busy machine.
func compared(now, kept []measured) (worse []fallen, alone []string) {
	named := func(m measured) string { return m.What + ": " + m.Of }
	before := map[string]measured{}
	for _, m := range withRatio(kept) {
		before[named(m)] = m
	}
	for _, m := range withRatio(now) {
		was, ok := before[named(m)]
		delete(before, named(m))
		if !ok {
			alone = append(alone, named(m))
			continue
		}
		speed := m.Ratio / was.Ratio
		if m.Better == lower {
			speed = 1 / speed
		}
		if speed < leastSpeed {
			worse = append(worse, fallen{m, was.Ratio, speed})
		}
	}
	slices.SortStableFunc(worse, func(a, b fallen) int { return int(1e6 * (a.Speed - b.Speed)) })
	for name := range before {
		alone = append(alone, name)
	}
	slices.Sort(alone)
	return worse, alone
}

// withRatio are those with a ratio, without those by the clock of a busy machine.
func withRatio(all []measured) (some []measured) {
	busy := slices.ContainsFunc(all, func(m measured) bool { return m.What == machine && m.Reached < idle })
	for _, m := range all {
		if m.Ratio > 0 && !(busy && m.TimesIn == byTheClock) {
			some = append(some, m)
		}
	}
	return some
}

// fallReport says which ratios fell against those kept, and where each was measured.
func fallReport(now, kept []measured) string {
	var out strings.Builder
	worse, alone := compared(now, kept)
	for _, f := range worse {
		fmt.Fprintf(&out, "SLOWER: %s, %s: %s to %s, was %s (%s is better): %s of the speed is gone\n",
			f.What, f.Of, threeDigits(f.Ratio), f.RatioTo, threeDigits(f.Kept), f.Better, words.Percent(1-f.Speed))
	}
	if len(worse) == 0 {
		fmt.Fprintf(&out, "No ratio fell by more than %s against %s.\n", words.Percent(1-leastSpeed), strings.TrimPrefix(ratiosFile, "../"))
	}
	for _, name := range alone {
		fmt.Fprintf(&out, "Not compared, because it is new or gone, or by the clock of a busy machine: %s\n", name)
	}
	fmt.Fprintf(&out, "Measured now on %s; kept from %s.\n", measuredOn(now), measuredOn(kept))
	return out.String()
}

func measuredOn(all []measured) string {
	for _, m := range all {
		if m.What == machine {
			return fmt.Sprintf("%s, with %s of the processor time asked for", m.Of, words.Percent(m.Reached/100))
		}
	}
	return "a machine that is not said"
}

// withTable is a page with its table of ratios replaced.
func withTable(page, table string) (string, error) {
	heading, _, _ := strings.Cut(table, "\n")
	before, after, found := strings.Cut(page, heading)
	_, rest, ends := strings.Cut(after, "\n\n")
	if !found || !ends {
		return "", fmt.Errorf("the page has no table that begins with %q and ends with an empty line", heading)
	}
	return before + table + "\n" + rest, nil
}

// keptRatios are those of the file.
func keptRatios() ([]measured, error) {
	file, err := os.ReadFile(ratiosFile)
	if err != nil {
		return nil, err
	}
	return readRatios(file)
}

// keepRatios writes the file, and the table with the digits of the file.
func keepRatios(all []measured) error {
	file := writeRatios(all)
	rounded, faulty := readRatios(file)
	page, err := os.ReadFile(ratiosPage)
	if err := errors.Join(faulty, err); err != nil {
		return err
	}
	changed, err := withTable(string(page), ratioTable(rounded))
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(ratiosFile, file, 0o644), os.WriteFile(ratiosPage, []byte(changed), 0o644))
}

// The table of the page is that of the file, which comes back as it was written.
func TestRatiosAreThoseOfThePage(t *testing.T) {
	file, err := os.ReadFile(ratiosFile)
	require.NoError(t, err)
	all, err := readRatios(file)
	require.NoError(t, err)
	require.Equal(t, string(file), string(writeRatios(all)))
	page, err := os.ReadFile(ratiosPage)
	require.NoError(t, err)
	changed, err := withTable(string(page), ratioTable(all))
	require.NoError(t, err)
	require.Equal(t, string(page), changed, "measure both anew: go test ./montecarlo -run '^$' -bench Performance -benchtime 1x -update")

	compares := 0
	for _, m := range all {
		require.Contains(t, []string{higher, lower, ""}, m.Better)
		if m.Ratio > 0 {
			compares++
			require.NotEmpty(t, m.Better, m.What)
			require.NotEmpty(t, m.RatioTo, m.What)
		}
	}
	require.Greater(t, compares, 10)
}

// A ratio falls where higher is better and it is lower, or the other way round, and by
// more than a tenth of the speed.
func TestRatiosThatFell(t *testing.T) {
	one := func(what, better string, ratio float64) measured {
		return measured{What: what, Of: "DN2", Better: better, Ratio: ratio, RatioTo: "the lives"}
	}
	kept := []measured{
		one("much slower", higher, 20), one("little slower", higher, 20), one("quicker", higher, 20), one("gone", higher, 1),
		one("dearer", lower, 1), one("little dearer", lower, 1), one("cheaper", lower, 1),
		{What: "wall time", Of: "DN2", Reached: 1, Unit: "s"},
	}
	now := []measured{
		one("much slower", higher, 15), one("little slower", higher, 18.1), one("quicker", higher, 30), one("new", higher, 1),
		one("dearer", lower, 2), one("little dearer", lower, 1.1), one("cheaper", lower, 0.5),
		{What: "wall time", Of: "DN2", Reached: 9, Unit: "s"},
	}
	worse, alone := compared(now, kept)
	require.Len(t, worse, 2)
	require.Equal(t, "dearer", worse[0].What)
	require.InDelta(t, 0.5, worse[0].Speed, 1e-9)
	require.Equal(t, "much slower", worse[1].What)
	require.InDelta(t, 0.75, worse[1].Speed, 1e-9)
	require.Equal(t, []string{"gone: DN2", "new: DN2"}, alone)
	here := measured{What: machine, Of: "a processor", Reached: 91, Unit: "%"}
	require.Equal(t, `SLOWER: dearer, DN2: 2 to the lives, was 1 (lower is better): 50% of the speed is gone
SLOWER: much slower, DN2: 15 to the lives, was 20 (higher is better): 25% of the speed is gone
Not compared, because it is new or gone, or by the clock of a busy machine: gone: DN2
Not compared, because it is new or gone, or by the clock of a busy machine: new: DN2
Measured now on a processor, with 91% of the processor time asked for; kept from a machine that is not said.
`, fallReport(append(now, here), kept))
	workers := one("two workers", higher, 1.9)
	workers.TimesIn = byTheClock
	busy := measured{What: machine, Of: "a processor", Reached: 60, Unit: "%"}
	require.Len(t, withRatio([]measured{workers, here}), 1)
	require.Empty(t, withRatio([]measured{workers, busy}))
	require.Contains(t, fallReport(kept, kept), "No ratio fell by more than 10% against docs/ratios.csv.\n")
}
