package montecarlo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/edgeofcare/edgeofcare/scenario"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

func TestShardRangesTile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, maxReplications).Draw(t, "replications")
		of := rapid.IntRange(1, min(n, 2000)).Draw(t, "of")
		reached, shortest, longest := 0, n, 0
		for i := range of {
			from, to := Shard{i + 1, of}.span(n)
			require.Equal(t, reached, from)
			shortest, longest, reached = min(shortest, to-from), max(longest, to-from), to
		}
		require.Equal(t, n, reached)
		require.LessOrEqual(t, longest-shortest, 1)
	})
}

func TestShardGoesToTextAndBack(t *testing.T) {
	text, err := Shard{3, 16}.MarshalText()
	require.NoError(t, err)
	require.Equal(t, "3/16", string(text))
	var s Shard
	require.NoError(t, s.UnmarshalText(text))
	require.Equal(t, Shard{3, 16}, s)
	for text, want := range map[string]string{
		"": "as in 3/16", "3": "as in 3/16", "3/": "as in 3/16", "a/b": "as in 3/16", "3/4/5": "as in 3/16",
		"0/4": "1/4 to 4/4", "5/4": "1/4 to 4/4", "1/0": "from 1 to", "1/99999999999": "from 1 to",
	} {
		require.ErrorContains(t, s.UnmarshalText([]byte(text)), want)
		require.Equal(t, Shard{3, 16}, s)
	}
	_, err = Shard{}.MarshalText()
	require.Error(t, err)
}

// shards runs all shards of a run, and passes each through a file.
func shards(t *testing.T, p *model.Programme, o Options, of int) []*Part {
	t.Helper()
	var parts []*Part
	for i := range of {
		part, err := RunShard(context.Background(), asVersion(p), o, Shard{i + 1, of})
		require.NoError(t, err)
		back, err := readPart(bytes.NewReader(written(t, part)))
		require.NoError(t, err)
		require.Equal(t, part, back)
		parts = append(parts, back)
	}
	return parts
}

func written(t testing.TB, part *Part) []byte {
	t.Helper()
	var file bytes.Buffer
	n, err := part.WriteTo(&file)
	require.NoError(t, err)
	require.Equal(t, int64(file.Len()), n)
	return file.Bytes()
}

func inJSON(t testing.TB, r *Result) string {
	t.Helper()
	text, err := json.Marshal(r)
	require.NoError(t, err)
	return string(text)
}

// One run or merged shards, in any order, from memory or from files: the same
// bytes.
func TestBlackBoxShards(t *testing.T) {
	for name, p := range map[string]*model.Programme{"lively": programmes.Lively(), "funded": funded(), "dn2 high": programmes.DN2(t, "high")} {
		for _, totalsOnly := range []bool{false, true} {
			o := Options{Seed: 11, Replications: few, TotalsOnly: totalsOnly, Quantiles: []float64{0.1, 0.5, 0.9}}
			one, err := Run(context.Background(), asVersion(p), o)
			require.NoError(t, err)
			want := inJSON(t, one)
			for _, of := range []int{1, 2, 3, 7, 16} {
				t.Run(fmt.Sprintf("%s, totals only %v, %d shards", name, totalsOnly, of), func(t *testing.T) {
					parts := shards(t, p, o, of)
					slices.Reverse(parts)
					parts[0], parts[of/2] = parts[of/2], parts[0]
					merged, err := mergeParts(asVersion(p), parts...)
					require.NoError(t, err)
					require.Equal(t, want, inJSON(t, merged))
					var files []io.Reader
					for _, part := range parts {
						files = append(files, bytes.NewReader(written(t, part)))
					}
					streamed, err := MergeFrom(asVersion(p), files...)
					require.NoError(t, err)
					require.Equal(t, want, inJSON(t, streamed))
				})
			}
		}
	}
}

func TestMergedResultServesAsOneRunDoes(t *testing.T) {
	o := Options{Seed: 11, Replications: few}
	merged := map[string]*Result{}
	for _, name := range []string{"low", "high"} {
		p := programmes.DN2(t, name)
		r, err := mergeParts(asVersion(p, name), shards(t, p, o, 4)...)
		require.NoError(t, err)
		requireSame(t, result(t, p), r)
		require.Equal(t, values(t, result(t, p), Payments, ""), values(t, r, Payments, ""))
		require.NotNil(t, r.Paths(Payments))
		_, err = r.Reprice(context.Background(), asVersion(p))
		require.ErrorIs(t, err, ErrNotKept)
		merged[name] = r
	}
	got, err := CompareResults([]*Result{merged["low"], merged["high"]}, "")
	require.NoError(t, err)
	want, err := Compare(context.Background(), []*scenario.Version{asVersion(programmes.DN2(t, "low"), "low"), asVersion(programmes.DN2(t, "high"), "high")}, "", o)
	require.NoError(t, err)
	require.Equal(t, want.Differences, got.Differences)
}

func TestShardSaysHowFarItIs(t *testing.T) {
	var done, total []int
	o := Options{Seed: 11, Replications: 100, TotalsOnly: true, Progress: func(d, t int) { done, total = append(done, d), append(total, t) }}
	part, err := RunShard(context.Background(), asVersion(programmes.Lively()), o, Shard{2, 3})
	require.NoError(t, err)
	require.Equal(t, []int{33, 66}, []int{part.From, part.To})
	require.True(t, slices.IsSorted(done))
	require.Equal(t, 33, done[len(done)-1])
	require.Equal(t, []int{33, 33, 33}, total)
}

func TestStoppedShardGivesNoPart(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	o := Options{Seed: 11, Replications: 100_000, TotalsOnly: true, Progress: func(int, int) { stop() }}
	part, err := RunShard(ctx, asVersion(programmes.Lively()), o, Shard{2, 3})
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, "shard 2/3 stopped after")
	require.Nil(t, part)
}

func TestShardThatCannotBeRun(t *testing.T) {
	for _, s := range []Shard{{}, {0, 2}, {3, 2}, {1, 61}} {
		_, err := RunShard(context.Background(), asVersion(programmes.Lively()), Options{Replications: few}, s)
		require.ErrorContains(t, err, "shard \""+s.String()+"\": ")
	}
	_, err := RunShard(context.Background(), asVersion(programmes.Lively()), Options{Replications: few, Keep: true}, Shard{1, 2})
	require.ErrorContains(t, err, "Keep")
	_, err = RunShard(context.Background(), asVersion(programmes.Lively()), Options{Replications: few, TotalsOnly: true, MemoryLimit: 10_000}, Shard{1, 2})
	require.ErrorContains(t, err, "bytes of memory")
	var of int
	_, remedy, _ := strings.Cut(err.Error(), "may take 10,000: ")
	_, scanned := fmt.Sscanf(remedy, "divide the run into %d shards or more", &of)
	require.NoError(t, scanned)
	_, err = RunShard(context.Background(), asVersion(programmes.Lively()), Options{Replications: few, TotalsOnly: true, MemoryLimit: 10_000}, Shard{1, of})
	require.NoError(t, err)
}

// refused returns the errors that a merge joins.
func refused(t *testing.T, p *model.Programme, parts ...*Part) []error {
	t.Helper()
	r, err := mergeParts(asVersion(p), parts...)
	require.Error(t, err)
	require.Nil(t, r)
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok, err)
	return joined.Unwrap()
}

func TestMergeRefusesGapsAndOverlaps(t *testing.T) {
	p := programmes.Lively()
	o := Options{Seed: 11, Replications: 40, TotalsOnly: true}
	q, h := shards(t, p, o, 4), shards(t, p, o, 2)
	for name, c := range map[string]struct {
		parts []*Part
		want  []string
	}{
		"one missing":      {[]*Part{q[0], q[2], q[3]}, []string{"replications 11 to 20 are missing: run shard 2/4"}},
		"first missing":    {[]*Part{q[3], q[1], q[2]}, []string{"replications 1 to 10 are missing: run shard 1/4"}},
		"two gaps":         {[]*Part{q[3], q[1]}, []string{"replications 1 to 10 are missing: run shard 1/4", "replications 21 to 30 are missing: run shard 3/4"}},
		"several missing":  {[]*Part{q[0]}, []string{"replications 11 to 40 are missing: run shards 2/4 to 4/4"}},
		"other division":   {[]*Part{h[0], q[3]}, []string{"replications 21 to 30 are missing: run shard 3/4"}},
		"given twice":      {[]*Part{q[0], q[1], q[2], q[3], q[1]}, []string{"replications 11 to 20 are in both part 2 (shard 2/4) and part 5 (shard 2/4): leave one of them out"}},
		"overlap":          {[]*Part{h[0], q[1], h[1]}, []string{"replications 11 to 20 are in both part 1 (shard 1/2) and part 2 (shard 2/4)"}},
		"gap and overlaps": {[]*Part{h[0], q[0], q[3], q[3]}, []string{"1 to 10 are in both", "21 to 30 are missing", "31 to 40 are in both"}},
	} {
		t.Run(name, func(t *testing.T) {
			faults := refused(t, p, c.parts...)
			require.Len(t, faults, len(c.want))
			for i, want := range c.want {
				require.ErrorContains(t, faults[i], want)
			}
		})
	}
	var gap *GapError
	require.ErrorAs(t, errors.Join(refused(t, p, q[0], q[1], q[3])...), &gap)
	require.Equal(t, GapError{20, 30, Shard{3, 4}, Shard{3, 4}}, *gap)
	_, err := mergeParts(asVersion(p))
	require.ErrorContains(t, err, "no part")
	_, err = mergeParts(asVersion(p), q[0], nil)
	require.ErrorContains(t, err, "part 2 is nil")
	// Divisions without an edge in common.
	thirds := shards(t, p, o, 3)
	require.ErrorContains(t, errors.Join(refused(t, p, thirds[0], q[3])...), "replications 14 to 30 are missing: divide the run in one way")
}

func TestMergeRefusesStrangers(t *testing.T) {
	p := programmes.Lively()
	o := Options{Seed: 11, Replications: 40, TotalsOnly: true}
	own := shards(t, p, o, 4)
	for what, change := range map[string]func(*Part){
		"programme":                     func(p *Part) { p.Fingerprint = "0123" },
		"seed":                          func(p *Part) { p.Seed++ },
		"number of replications in all": func(p *Part) { p.Replications = 80 },
		"engine":                        func(p *Part) { p.Engine = lives.Walk },
		"list of quantiles":             func(p *Part) { p.Quantiles = []float64{0.5} },
		"choice of totals only":         func(p *Part) { p.TotalsOnly = false },
		"memory limit":                  func(p *Part) { p.MemoryLimit++ },
		"architecture":                  func(p *Part) { p.Architecture = "s390x" },
		"module version":                func(p *Part) { p.Version = "v0.0.1" },
		"content":                       func(p *Part) { p.values = p.values[1:] },
	} {
		t.Run(what, func(t *testing.T) {
			stranger := *own[0]
			change(&stranger)
			faults := refused(t, p, &stranger, own[1], own[2], own[3])
			require.Len(t, faults, 2)
			require.ErrorContains(t, faults[0], "part 1 (shard 1/4): its "+what+" is ")
			require.ErrorContains(t, faults[1], "run shard 1/4")
		})
	}
	swapped := *own[0]
	swapped.Figures = strings.Repeat("0", 64)
	require.ErrorContains(t, errors.Join(refused(t, p, &swapped, own[1], own[2], own[3])...), "content")

	// Parts of another programme: no word about gaps.
	faults := refused(t, programmes.DN2(t, "base"), own...)
	require.Len(t, faults, 1)
	require.ErrorContains(t, faults[0], "part 1 (shard 1/4), part 2 (shard 2/4), part 3 (shard 3/4) and part 4 (shard 4/4): their programme is lively, case ")
	// Another name for the same figures does not matter.
	r, err := mergeParts(asVersion(p, "renamed"), own...)
	require.NoError(t, err)
	require.Equal(t, "renamed", r.Version.Name())
}

func TestPartThatWasReadWithoutItsValues(t *testing.T) {
	p := programmes.Lively()
	parts := shards(t, p, Options{Replications: 20, TotalsOnly: true}, 2)
	text, err := json.Marshal(parts[1])
	require.NoError(t, err)
	var bare *Part
	require.NoError(t, json.Unmarshal(text, &bare))
	require.ErrorContains(t, errors.Join(refused(t, p, parts[0], bare)...), "content")
}

func TestDamagedPartFiles(t *testing.T) {
	part := shards(t, programmes.Lively(), Options{Seed: 3, Replications: 6, TotalsOnly: true}, 2)[1]
	file := written(t, part)
	damaged := func(name string, file []byte, want string) {
		t.Helper()
		read, err := readPart(bytes.NewReader(file))
		require.Nil(t, read, name)
		var wrong *partFileError
		require.ErrorAs(t, err, &wrong, name)
		require.ErrorContains(t, err, want, name)
	}
	for n := range file {
		_, err := readPart(bytes.NewReader(file[:n]))
		require.Error(t, err, n)
	}
	for i := 0; i < len(file); i += 7 {
		flipped := bytes.Clone(file)
		flipped[i] ^= 1 << (i % 8)
		_, err := readPart(bytes.NewReader(flipped))
		require.Error(t, err, i)
	}
	damaged("empty", nil, "is not a part of a run")
	damaged("text", []byte("programme,case,measure,of,arm\n"), "is not a part of a run")
	damaged("cut short", file[:len(file)-40], "is cut short: copy it again")
	damaged("goes on", append(bytes.Clone(file), 0), "goes on after its end")
	damaged("other format", bytes.Replace(file, []byte("part 3"), []byte("part 2"), 1), `format "2" and this program reads format 3`)
	damaged("endless header", append([]byte(magic), bytes.Repeat([]byte("{"), 2*maxHeader)...), "no end")
	flipped := bytes.Clone(file)
	flipped[len(flipped)-100] ^= 4
	damaged("a bit", flipped, "checksum")
	for was, is := range map[string]string{
		`"shard":"2/2"`: `"shard":"3/2"`, `"to":6`: `"to":7`, `"from":3`: `"from":-3`, `"replications":6`: `"replications":600000000`,
		`"width":`: `"width":-`, `"memory_limit":`: `"memory_limit":-`, `"engine":"jump"`: `"engine":"pump"`, `"seed":3`: `"seedling":3`,
	} {
		require.Contains(t, string(file), was)
		damaged(is, bytes.Replace(file, []byte(was), []byte(is), 1), "is damaged")
	}
	damaged("null", []byte(magic+"null\n"), "empty")
}

func TestPartFileIsKnownByItsName(t *testing.T) {
	p := programmes.Lively()
	parts := shards(t, p, Options{Seed: 3, Replications: 6, TotalsOnly: true}, 2)
	open := func(name string, content []byte) *os.File {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, content, 0o600))
		file, err := os.Open(path)
		require.NoError(t, err)
		t.Cleanup(func() { file.Close() })
		return file
	}
	second := written(t, parts[1])
	_, err := MergeFrom(asVersion(p), open("first", []byte("nothing of the kind")), open("second", second[:len(second)-1]), strings.NewReader(""))
	require.ErrorContains(t, err, "first is not a part")
	require.ErrorContains(t, err, "second is cut short")
	require.ErrorContains(t, err, "part 3 is not a part")
	flipped := bytes.Clone(second)
	flipped[len(flipped)-40] ^= 1
	r, err := MergeFrom(asVersion(p), open("first", written(t, parts[0])), open("second", flipped))
	require.ErrorContains(t, err, "second is damaged")
	require.Nil(t, r)
	_, err = MergeFrom(asVersion(p), open("alone", second))
	require.ErrorContains(t, err, "run shard 1/2")
	r, err = MergeFrom(asVersion(p), open("second", second), open("first", written(t, parts[0])))
	require.NoError(t, err)
	require.Equal(t, 6, r.Conventions.Replications)
}

type noWriter struct{ left int }

func (w *noWriter) Write(p []byte) (int, error) {
	if len(p) > w.left {
		return 0, errors.New("disk full")
	}
	w.left -= len(p)
	return len(p), nil
}

func TestPartThatCannotBeWritten(t *testing.T) {
	part := shards(t, programmes.Lively(), Options{Replications: 6, TotalsOnly: true}, 1)[0]
	size := len(written(t, part))
	for _, left := range []int{0, size - 33, size - 1} {
		_, err := part.WriteTo(&noWriter{left})
		require.ErrorContains(t, err, "disk full")
	}
	_, err := (&Part{}).WriteTo(io.Discard)
	require.Error(t, err)
}
