package montecarlo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// signed is a part file with a sum at its end that fits, whatever it holds.
func signed(file []byte) []byte {
	body := file[:len(file)-sha256.Size]
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), sum[:]...)
}

// A part whose sum fits is refused all the same where it cannot be what a shard
// wrote: whoever changed it could work out the sum again.
func TestForgedParts(t *testing.T) {
	p := programmes.Lively()
	o := Options{Seed: 3, Replications: 6, TotalsOnly: true}
	file := written(t, shards(t, p, o, 1)[0])
	headerEnd := bytes.IndexByte(file[len(magic):], '\n') + len(magic)
	inHeader := func(was, is string) func([]byte) []byte {
		return func(file []byte) []byte {
			require.Equal(t, 1, bytes.Count(file, []byte(was)), was)
			return bytes.Replace(file, []byte(was), []byte(is), 1)
		}
	}
	r, err := plan(asVersion(p), o)
	require.NoError(t, err)
	value := func(replication int, name string, to float64) func([]byte) []byte {
		return func(file []byte) []byte {
			for _, c := range r.columns {
				if c.Name == name && c.Of == "" && c.Arm == "" && !c.independent {
					at := headerEnd + 1 + 8*(replication*len(r.centre)+c.at)
					binary.LittleEndian.PutUint64(file[at:], math.Float64bits(to))
					return file
				}
			}
			t.Fatal(name)
			return nil
		}
	}
	for name, c := range map[string]struct {
		forge func([]byte) []byte
		want  string
	}{
		"another seed":              {inHeader(`"seed":3`, `"seed":4`), "replication 1: "},
		"another engine is no harm": {inHeader(`"engine":"jump"`, `"engine":"walk"`), ""}, // both engines find the same
		"text after the JSON":       {inHeader("}\n", "} and more\n"), "not as a shard writes it"},
		"a blank after the JSON":    {inHeader("}\n", "} \n"), "not as a shard writes it"},
		"a key twice":               {inHeader(`"seed":3`, `"seed":9,"seed":3`), "not as a shard writes it"},
		"a key in capitals":         {inHeader(`"seed"`, `"SEED"`), "not as a shard writes it"},
		"a blank in the JSON":       {inHeader(`"seed":3`, `"seed": 3`), "not as a shard writes it"},
		"other figures":             {inHeader(`"figures":"`, `"figures":"0`), "content"},
		"a quantile of 2":           {inHeader(`[0.05,`, `[2,`), "quantile 2"},
		"not a number":              {value(4, Payments, math.NaN()), "replication 5: outcome payments is NaN"},
		"without bound":             {value(5, NetPublic, math.Inf(1)), "replication 6: net public saving is +Inf"},
		"a ratio without bound":     {value(5, BenefitCost, math.NaN()), "replication 6: benefit-cost ratio is NaN"},
		"a pound more":              {value(0, Payments, 100), "when it is run again with this seed"},
	} {
		t.Run(name, func(t *testing.T) {
			forged := signed(c.forge(bytes.Clone(file)))
			for _, reader := range []io.Reader{bytes.NewReader(forged), io.MultiReader(bytes.NewReader(forged))} {
				result, err := MergeFrom(asVersion(p), reader)
				if c.want == "" {
					require.NoError(t, err)
					continue
				}
				require.ErrorContains(t, err, c.want)
				require.Contains(t, err.Error(), "part 1")
				require.Nil(t, result)
			}
		})
	}
}

// A ratio to payments has no value where none were made: such a part is whole.
func TestMergeOfReplicationsWithoutPayments(t *testing.T) {
	p := programmes.Lively()
	for i := range p.Cohorts {
		p.Cohorts[i].Referrals.Children = 0.1 // most replications have no child
	}
	o := Options{Seed: 3, Replications: 40, TotalsOnly: true}
	want, err := Run(context.Background(), asVersion(p), o)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(want.Warnings), "without any payment")
	merged, err := mergeParts(asVersion(p), cheapShards(t, p, o, 2)...)
	require.NoError(t, err)
	require.Equal(t, inJSON(t, want), inJSON(t, merged))
}

// What is wrong in several files is said for each, and once.
func TestMergeSaysEachFaultOnce(t *testing.T) {
	p := programmes.Lively()
	var files []io.Reader
	for _, part := range shards(t, p, Options{Seed: 3, Replications: 60, TotalsOnly: true}, 6) {
		files = append(files, bytes.NewReader(written(t, part)))
	}
	for _, part := range shards(t, p, Options{Seed: 4, Replications: 60, TotalsOnly: true}, 5) {
		files = append(files, bytes.NewReader(written(t, part)))
	}
	_, err := MergeFrom(asVersion(p), files...)
	require.EqualError(t, err, "part 7 (shard 1/5), part 8 (shard 2/5), part 9 (shard 3/5) and 2 more: "+
		"their seed is 4 and must be 3: run the shard again, or leave it out")

	damaged := func(part *Part, from int) io.Reader {
		file := written(t, part)
		file[len(file)-from] ^= 1
		return bytes.NewReader(file)
	}
	own := shards(t, p, Options{Seed: 3, Replications: 60, TotalsOnly: true}, 3)
	_, err = MergeFrom(asVersion(p), damaged(own[0], 40), bytes.NewReader(written(t, own[1])), damaged(own[2], 1))
	require.ErrorContains(t, err, "part 1 ")
	require.ErrorContains(t, err, "part 3 is damaged")
	require.Len(t, strings.Split(err.Error(), "\n"), 2)
}

// lying is a part that says that it holds more than it does.
func lying(t testing.TB, part *Part, change func(*Part)) []byte {
	t.Helper()
	lie := *part
	lie.values = nil
	change(&lie)
	header, err := lie.header()
	require.NoError(t, err)
	return signed(append(append([]byte(magic), header...), make([]byte, sha256.Size)...))
}

// allocated is how many bytes a function asks memory for.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Whatever a part says, merging it asks for less memory than twice its size and
// 1 MiB, from a file as from a pipe.
func TestLyingPartsGetNoMemory(t *testing.T) {
	p := programmes.Lively()
	v := asVersion(p)
	part := shards(t, p, Options{Seed: 3, Replications: 6, TotalsOnly: true}, 1)[0]
	big := shards(t, p, Options{Seed: 3, Replications: 4000, TotalsOnly: true}, 1)[0]
	honest := written(t, big)
	cut := lying(t, big, func(p *Part) { p.Replications, p.To = 10_000_000, 10_000_000 })
	cut = append(cut[:len(cut)-sha256.Size], honest[len(honest)-8*len(big.values)-sha256.Size:]...)
	ten := func(p *Part) { p.Replications, p.To = 10_000_000, 10_000_000 }
	for name, file := range map[string][]byte{
		"replications":            lying(t, part, ten),
		"replications and memory": lying(t, part, func(p *Part) { ten(p); p.MemoryLimit = math.MaxInt64 }),
		"replications, no memory": lying(t, part, func(p *Part) { ten(p); p.MemoryLimit = 1 }),
		"width":                   lying(t, part, func(p *Part) { p.Width = maxWidth }),
		"width and replications":  lying(t, part, func(p *Part) { ten(p); p.Width = maxWidth }),
		"more than it holds":      cut,
		"quantiles":               append([]byte(magic+`{"quantiles":[`), bytes.Repeat([]byte("0,"), maxHeader/2-50)...),
		"closed quantiles":        []byte(magic + `{"quantiles":[` + strings.Repeat("0,", maxHeader/2-50) + "0]}\n"),
		"nested":                  append([]byte(magic), bytes.Repeat([]byte("["), 2*maxHeader)...),
		"long names":              []byte(magic + `{"programme":"` + strings.Repeat("\\n", maxHeader/2-50) + `"}` + "\n"),
	} {
		t.Run(name, func(t *testing.T) {
			for kind, reader := range map[string]io.Reader{"file": onDisk(t, file), "memory": bytes.NewReader(file), "pipe": io.MultiReader(bytes.NewReader(file))} {
				var err error
				asked := allocated(func() { _, err = MergeFrom(v, reader) })
				require.Error(t, err)
				require.Less(t, asked, uint64(2*len(file)+1<<20), "%s: %v", kind, err)
			}
		})
	}
	// The honest part of the same size is merged.
	_, err := MergeFrom(v, bytes.NewReader(honest))
	require.NoError(t, err)
}

func onDisk(t *testing.T, content []byte) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "part")
	require.NoError(t, os.WriteFile(path, content, 0o600))
	file, err := os.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { file.Close() })
	return file
}

// A file that is longer than it says is refused before its values are read, also
// where the reading begins within a file.
func TestLengthOfAPartFile(t *testing.T) {
	p := programmes.Lively()
	file := written(t, shards(t, p, Options{Seed: 3, Replications: 6, TotalsOnly: true}, 1)[0])
	_, err := MergeFrom(asVersion(p), onDisk(t, append(bytes.Clone(file), 'x')))
	require.ErrorContains(t, err, "goes on after its end")
	within := onDisk(t, append([]byte("before"), file...))
	_, err = within.Seek(int64(len("before")), io.SeekStart)
	require.NoError(t, err)
	_, err = MergeFrom(asVersion(p), within)
	require.NoError(t, err)
}

// Parts with more quantiles than a description can hold are refused before the
// shard is run.
func TestShardWithTooLongADescription(t *testing.T) {
	o := Options{Replications: 4, TotalsOnly: true}
	for i := range 10_000 {
		o.Quantiles = append(o.Quantiles, (float64(i)+0.5)/10_000)
	}
	_, err := RunShard(context.Background(), asVersion(programmes.Lively()), o, Shard{1, 2})
	require.Error(t, err)
	require.Contains(t, err.Error(), "quantiles")
}

// A merge of parts that were condensed looks at every replication too.
func TestForgedPartAmongCondensed(t *testing.T) {
	p := programmes.Lively()
	o := Options{Seed: 3, Replications: atATime + 100, TotalsOnly: true, MemoryLimit: 1 << 20}
	own := cheapShards(t, p, o, 8)
	merged, err := mergeParts(asVersion(p), own...)
	require.NoError(t, err)
	whole, err := Run(context.Background(), asVersion(p), o)
	require.NoError(t, err)
	require.Equal(t, inJSON(t, whole), inJSON(t, merged))
	forged := *own[7]
	forged.values = append([]float64{}, forged.values...)
	forged.values[len(forged.values)-forged.Width] = math.NaN()
	parts := append(append([]*Part{}, own[:7]...), &forged)
	_, err = mergeParts(asVersion(p), parts...)
	require.ErrorContains(t, err, fmt.Sprintf("replication 4,%d", o.Replications-4000))
}

// cheapShards are shards of a run of which the whole does not fit into memory.
func cheapShards(t *testing.T, p *model.Programme, o Options, of int) []*Part {
	t.Helper()
	o.Engine = lives.Jump
	var parts []*Part
	for i := range of {
		part, err := RunShard(context.Background(), asVersion(p), o, Shard{i + 1, of})
		require.NoError(t, err)
		parts = append(parts, part)
	}
	return parts
}
