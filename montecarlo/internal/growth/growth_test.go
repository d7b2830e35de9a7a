//go:build unix

package growth

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/csvrows"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/turns"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

var update = flag.Bool("update", false, "keep what BenchmarkGrowth measures, or draw what is kept anew")

// figure is what was measured of a programme in which one thing has some size.
type figure struct {
	Of      string // what is varied
	At      int    // its size
	Measure string
	Value   float64 // in seconds or bytes
}

// What is measured: processor time, by the clock where there are workers, and memory.
const (
	reading = "reading the file"
	exact   = "exact mean and variance"
	alive   = "lives of a replication"
	first   = "run of one replication"
	totals  = "replication with totals"
	series  = "replication with all series"
	until   = "replication until a mean is known"
	fixed   = "memory of a run"
	further = "memory of 1,000 replications more"
)

// varied is a thing of which there can be more, and how many there are.
type varied struct {
	of       string
	sizes    []int
	measured func(b *testing.B, n int) []figure
}

// everything that is varied; the sizes of a programme first.
func everything() []varied {
	of := func(change func(s *size, n int)) func(b *testing.B, n int) []figure {
		return func(b *testing.B, n int) []figure {
			s := usual
			change(&s, n)
			return measureProgramme(b, s)
		}
	}
	return []varied{
		{"children", []int{100, 1000, 20_000, 100_000, 1_000_000}, of(func(s *size, n int) { s.Children = n })},
		{"weeks", []int{52, 104, 208, 416, 1040}, of(func(s *size, n int) { s.Weeks = n })},
		{"cohorts", []int{1, 3, 12, 48}, of(func(s *size, n int) { s.Cohorts = n })},
		{"metrics", []int{1, 3, 12, 48}, of(func(s *size, n int) { s.Metrics = n })},
		{"councils", []int{1, 3, 12, 48, 192}, of(func(s *size, n int) { s.Councils = n })},
		{"uncertain inputs", []int{1, 4, 16, 64, 128}, of(func(s *size, n int) { s.Cohorts, s.Inputs = 32, n })},
		{"cases", []int{1, 4, 16, 64}, measureCases},
		{"workers", []int{1, 2, 4, 8, 16}, measureWorkers},
	}
}

// BenchmarkGrowth measures how a run grows with each thing that a programme can have more
// of. It is a program rather than a benchmark.
func BenchmarkGrowth(b *testing.B) {
	var all []figure
	for _, one := range everything() {
		for _, n := range one.sizes {
			for _, f := range one.measured(b, n) {
				f.Of, f.At = one.of, n
				all = append(all, f)
			}
		}
	}
	fmt.Printf("\n%s\n", table(lines(all)))
	fmt.Printf("%s, %s/%s, %s, %d cores\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, turns.Processor(), runtime.NumCPU())
	if *update {
		require.NoError(b, os.WriteFile(figuresFile, write(all), 0o644))
		redraw(b, kept(b)) // whose digits are those of the file
	}
}

// measureProgramme measures all of a programme of a size.
func measureProgramme(b *testing.B, s size) []figure {
	v := version(b, s)
	t, err := lives.NewTables(v.Programme)
	require.NoError(b, err)
	simulator := t.Simulator(lives.Jump)
	all := []figure{
		{Measure: reading, Value: once(func() { version(b, s) })},
		{Measure: exact, Value: once(func() {
			_, err := montecarlo.Central(v, contract.Constant)
			require.NoError(b, err)
		})},
		{Measure: alive, Value: each(func(n int) {
			for i := range n {
				simulator.Replicate(1, i)
			}
		})},
	}
	run := func(o montecarlo.Options) {
		_, err := montecarlo.Run(context.Background(), v, o)
		require.NoError(b, err)
	}
	if s.Inputs > 0 {
		all = append(all, figure{Measure: until, Value: each(func(n int) {
			run(montecarlo.Options{Seed: 1, Replications: 2 + n, TotalsOnly: true, Workers: 1, Until: &montecarlo.Until{Share: 1e-9}})
		})})
	}
	few, many := 10, 200
	if s.Children > 100_000 { // a replication then takes so long that fewer must do
		few, many = 2, 22
	}
	return append(all, measureRun(run, few, many)...)
}

// measureRun measures a run with one worker, and its memory with few replications and many.
func measureRun(run func(o montecarlo.Options), few, many int) []figure {
	of := func(n int, totals bool) func() {
		return func() { run(montecarlo.Options{Seed: 1, Replications: n, TotalsOnly: totals, Workers: 1}) }
	}
	least := most(of(few, false))
	return []figure{
		{Measure: first, Value: once(of(1, true))},
		{Measure: totals, Value: each(func(n int) { of(n, true)() })},
		{Measure: series, Value: each(func(n int) { of(n, false)() })},
		{Measure: fixed, Value: least},
		{Measure: further, Value: 1000 * (most(of(many, false)) - least) / float64(many-few)},
	}
}

// measureCases measures a comparison of so many cases, which differ in one figure.
func measureCases(b *testing.B, cases int) []figure {
	read := func() (versions []*scenario.Version) {
		d := read(b, usual)
		for i := range cases {
			v, err := d.Version("", scenario.Times("cohorts.*.start probability", decimal.New(int64(1000-i), -3)))
			require.NoError(b, err)
			versions = append(versions, v)
		}
		return versions
	}
	versions := read()
	return append([]figure{{Measure: reading, Value: once(func() { read() })}}, measureRun(func(o montecarlo.Options) {
		_, err := montecarlo.Compare(context.Background(), versions, "", o)
		require.NoError(b, err)
	}, 10, 200)...)
}

// measureWorkers measures a run with so many workers by the clock, and its memory.
func measureWorkers(b *testing.B, workers int) []figure {
	v := version(b, usual)
	run := func(replications int) func() {
		return func() {
			_, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Seed: 1, Replications: replications, TotalsOnly: true, Workers: workers})
			require.NoError(b, err)
		}
	}
	const many = 4000
	taken := turns.Take(rounds, run(1), run(1+many))
	return []figure{
		{Measure: totals, Value: (taken[1].Clock.Fastest - taken[0].Clock.Fastest) / many / 1e9},
		{Measure: fixed, Value: most(run(1024))},
	}
}

// line is one measure along the size of one thing.
type line struct {
	of, measure string
	at          []int
	values      []float64
}

// memory reports whether a line is of bytes.
func (l line) memory() bool { return strings.HasPrefix(l.measure, "memory") }

// slope is by which power of the size a line grows over its last step, which is where what
// stays as it is weighs least: 1 is in proportion.
func (l line) slope() float64 {
	last := len(l.at) - 1
	return math.Log(l.values[last]/l.values[last-1]) / math.Log(float64(l.at[last])/float64(l.at[last-1]))
}

// lines are the figures in the order in which they were measured.
func lines(all []figure) (found []*line) {
	by := map[[2]string]*line{}
	for _, f := range all {
		key := [2]string{f.Of, f.Measure}
		if by[key] == nil {
			by[key] = &line{of: f.Of, measure: f.Measure}
			found = append(found, by[key])
		}
		by[key].at, by[key].values = append(by[key].at, f.At), append(by[key].values, f.Value)
	}
	return found
}

// table is the lines in Markdown.
func table(lines []*line) string {
	var out strings.Builder
	out.WriteString("| with | what | at the sizes | slope at the end |\n| --- | --- | --- | --- |\n")
	for _, l := range lines {
		var cells []string
		for i, value := range l.values {
			cells = append(cells, words.Count(float64(l.at[i]))+": "+said(value, l.memory()))
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %.2f |\n", l.of, l.measure, strings.Join(cells, "; "), l.slope())
	}
	return out.String()
}

// said is seconds or bytes with two digits, in a unit that makes them short.
func said(value float64, memory bool) string {
	units, step := []string{"ns", "µs", "ms", "s"}, 1e-9
	if memory {
		units, step = []string{"B", "kB", "MB", "GB"}, 1.0
	}
	for i, unit := range units {
		if in := value / step; in < 999.5 || i == len(units)-1 {
			rounded, _ := strconv.ParseFloat(strconv.FormatFloat(in, 'g', 2, 64), 64)
			return strconv.FormatFloat(rounded, 'f', -1, 64) + " " + unit
		}
		step *= 1000
	}
	return ""
}

const figuresFile = "../../../docs/growth.csv"

var columns = []string{"with", "size", "what", "value", "unit"}

func write(all []figure) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write(columns)
	for _, f := range all {
		unit := "s"
		if (line{measure: f.Measure}).memory() {
			unit = "bytes"
		}
		_ = w.Write([]string{f.Of, strconv.Itoa(f.At), f.Measure, strconv.FormatFloat(f.Value, 'g', 4, 64), unit})
	}
	w.Flush()
	return out.Bytes()
}

// kept are the figures of the file.
func kept(t testing.TB) (all []figure) {
	file, err := os.ReadFile(figuresFile)
	require.NoError(t, err)
	require.NoError(t, csvrows.Read(bytes.NewReader(file), columns, len(columns), func(row csvrows.Row) error {
		at, err := strconv.Atoi(row.Text("size"))
		require.NoError(t, err)
		value, err := strconv.ParseFloat(row.Text("value"), 64)
		require.NoError(t, err)
		all = append(all, figure{row.Text("with"), at, row.Text("what"), value})
		return nil
	}))
	require.Equal(t, string(file), string(write(all)))
	return all
}
