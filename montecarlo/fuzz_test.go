package montecarlo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// tiny is a programme that takes little time to plan and to run.
func tiny() *model.Programme {
	p := programmes.Lively()
	p.Weeks, p.MinimumReferrals = 20, model.MinimumReferrals{}
	p.Commissioners = []model.Commissioner{{Name: "North", ReferralShare: 1}}
	p.Cohorts, p.Contract.Metrics = p.Cohorts[:1], p.Contract.Metrics[:1]
	p.Cohorts[0].Referrals = model.Referrals{Children: 3, Last: 10}
	p.Cohorts[0].Lag, p.Cohorts[0].Tracking = 2, 8
	return p
}

// halves are a run of the tiny programme in two parts, as files.
func halves(t testing.TB) (first, second []byte) {
	var files [][]byte
	for i := range 2 {
		part, err := RunShard(context.Background(), asVersion(tiny()), Options{Replications: 4, TotalsOnly: true}, Shard{i + 1, 2})
		require.NoError(t, err)
		files = append(files, written(t, part))
	}
	return files[0], files[1]
}

// summed puts the right checksum at the end of a file, so that what was changed in
// it is read.
func summed(file []byte) []byte {
	if len(file) < sha256.Size {
		return file
	}
	body := file[: len(file)-sha256.Size : len(file)-sha256.Size]
	sum := sha256.Sum256(body)
	return append(body, sum[:]...)
}

// Whatever a part file holds, reading it ends, takes no more memory than the file
// is long, and gives what is written again as it was.
func FuzzReadPart(f *testing.F) {
	file, _ := halves(f)
	f.Add(file, false)
	f.Add(file[:len(file)/2], true)
	small := &Part{
		Programme: "p", Shard: Shard{1, 2}, To: 1, Replications: 2, Quantiles: []float64{0.5}, MemoryLimit: 1, Architecture: "a", Version: "v", Width: 2,
		values: []float64{1, math.Pi},
	}
	f.Add(written(f, small), true)
	f.Add([]byte(magic+`{"shard":"1/1","from":0,"to":10000000,"replications":10000000,"quantiles":[0.5],"width":1000000}`+"\n"), true)
	f.Fuzz(func(t *testing.T, file []byte, sum bool) {
		if sum {
			file = summed(file)
		}
		part, err := readPart(bytes.NewReader(file))
		if err != nil {
			require.Nil(t, part)
			return
		}
		require.LessOrEqual(t, 8*cap(part.values), 4*len(file)+1<<20)
		again, err := readPart(bytes.NewReader(written(t, part)))
		require.NoError(t, err)
		require.Equal(t, len(part.values), len(again.values))
		for i, v := range part.values {
			require.Equal(t, math.Float64bits(v), math.Float64bits(again.values[i]))
		}
	})
}

// Whatever two part files hold, and with the right checksums too, merging them ends
// in a result of finite figures or in an error.
func FuzzMerge(f *testing.F) {
	first, second := halves(f)
	f.Add(first, second, false)
	f.Add(second, first, true)
	f.Add(first, first, true)
	f.Add(first, []byte(magic), true)
	v := asVersion(tiny())
	f.Fuzz(func(t *testing.T, a, b []byte, sum bool) {
		if sum {
			a, b = summed(a), summed(b)
		}
		r, err := MergeFrom(v, bytes.NewReader(a), bytes.NewReader(b))
		if err != nil {
			require.Nil(t, r)
			require.NotEmpty(t, err.Error())
			return
		}
		require.False(t, r.Incomplete)
		for _, total := range r.Totals {
			require.True(t, finite(total.Mean), total.Key)
			require.Len(t, r.Values(total.Name, total.Of, total.Arm), r.Conventions.Replications)
		}
	})
}

// Whatever is typed as an edit either fails in words or makes a programme whose
// central projection can be worked out in both kinds of prices, and that can be run.
func FuzzEditIsRun(f *testing.F) {
	for _, text := range []string{
		"cohorts.*.lag=26 weeks", "contract cap*=0.9", "commissioners.Northmoor=50%", "metrics.M1.tariff.amount=0.01", "end=2126-03-31", "delivery.claims paid after=1830 days",
		"cohorts.step-down.referrals.children=0", "inflation=99%", "facility.interest=100% nominal", "unit costs.foster=10000000", "ages at referral={from: 17.9, to: 18}",
		"cohorts.step-down.failure={hazard: 1, to: {foster: 100%}}", "metrics.M1.trigger={calendar months: {first payable month: 0, window: 700, cap per child: 1, interruption: ends}}",
	} {
		f.Add(text)
	}
	text, err := os.ReadFile("../scenario/testdata/rich.yaml")
	require.NoError(f, err)
	d, err := scenario.Read("rich.yaml", bytes.NewReader(text))
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := scenario.ParseEdit(text)
		if err != nil {
			return
		}
		v, err := d.Version("", e)
		if err != nil {
			return
		}
		if _, err := v.Drawer(); err != nil { // the edit makes a range too wide
			return
		}
		for _, prices := range []contract.Prices{contract.Constant, contract.Cash} {
			projection, err := Central(v, prices)
			if prices == contract.Cash && v.Programme.Inflation == 0 {
				require.ErrorIs(t, err, ErrNoInflation)
				continue
			}
			require.NoError(t, err)
			for _, total := range projection.Totals {
				require.True(t, finite(total.Value), total.Key)
			}
		}
		result, err := Run(context.Background(), v, Options{Replications: 1, TotalsOnly: true, Workers: 1})
		require.NoError(t, err)
		require.NotEmpty(t, result.Totals)
	})
}

// Whatever is read as a shard is written as it was read.
func FuzzParseShard(f *testing.F) {
	for _, text := range []string{"3/16", "1/1", "0/1", "2/1", "01/2", "+1/2", "1/10000000", "/", "1/", "9223372036854775808/1", "1/2/3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		was := Shard{2, 3}
		s := was
		if err := s.UnmarshalText([]byte(text)); err != nil {
			require.Equal(t, was, s)
			return
		}
		require.Equal(t, text, s.String())
		from, to := s.span(maxReplications)
		require.True(t, 0 <= from && from <= to && to <= maxReplications)
	})
}
