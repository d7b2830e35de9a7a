package xlsx

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// subject is a programme that is written as a workbook in tests: the name of one of the
// library or a file, the version of it, and the prices of the run.
type subject struct {
	programme, version string
	prices             contract.Prices
}

func (s subject) String() string { return s.programme + " " + s.version + " " + s.prices.String() }

// read opens the version.
func (s subject) read(t *testing.T, edits ...string) *scenario.Version {
	t.Helper()
	var d *scenario.Document
	var err error
	if strings.HasSuffix(s.programme, ".yaml") {
		text, failed := os.ReadFile(s.programme)
		require.NoError(t, failed)
		d, err = scenario.Read(s.programme, bytes.NewReader(text))
	} else {
		d, err = scenario.Open(s.programme)
	}
	require.NoError(t, err)
	var all []scenario.Edit
	for _, text := range edits {
		e, err := scenario.ParseEdit(text)
		require.NoError(t, err)
		all = append(all, e)
	}
	v, err := d.Version(s.version, all...)
	require.NoError(t, err)
	require.NoError(t, v.Programme.Validate())
	return v
}

// run runs the version with few replications: what is simulated is not what the tests
// are about.
func (s subject) run(t *testing.T) *montecarlo.Result {
	t.Helper()
	if r, done := runs.Load(s); done {
		return r.(*montecarlo.Result)
	}
	r, err := montecarlo.Run(t.Context(), s.read(t), montecarlo.Options{Replications: 4, Seed: 1, TotalsOnly: true, Undivided: true, Prices: s.prices})
	require.NoError(t, err)
	runs.Store(s, r)
	return r
}

// runs are results by subject.
var runs sync.Map

// written is the workbook as a file.
func written(t *testing.T, w Workbook) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, w.Write(&out))
	return out.Bytes()
}

func workbookOf(t *testing.T, s subject) Workbook {
	t.Helper()
	r := s.run(t)
	return Workbook{Result: r, Cases: []*montecarlo.Result{r}, Written: calendar.NewDate(2026, 11, 28), Command: "edgeofcare report"}
}

func opened(t *testing.T, file []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	require.NoError(t, err)
	return f
}

// subjects are programmes of which every rule of a contract that a workbook prices is
// part of one: caps of metric, year, contract and payers, grants, fee, deadweight,
// indexation, dated and fixed shares, tiers of a rate and prices beyond a volume.
var subjects = []subject{
	{"dn2", "base", contract.Constant},
	{"dn2", "low", contract.Constant},
	{"dn2", "medium", contract.Constant},
	{"dn2", "high", contract.Constant},
	{"dn2", "high + {inflation=2%}", contract.Cash},
	{"suffolk", "", contract.Constant},
	{"staffordshire-ifss", "", contract.Constant},
	{"newpin", "", contract.Constant},
	{"norfolk", "", contract.Constant},
	{"testdata/two-caps.yaml", "", contract.Constant},
	{"testdata/two-caps.yaml", "", contract.Cash},
	{"testdata/fixed-shares.yaml", "", contract.Constant},
	{"../../docs/example/two-payers.yaml", "high", contract.Constant},
	{"../../cmd/edgeofcare/testdata/indexed.yaml", "", contract.Cash},
}
