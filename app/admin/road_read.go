package admin

import (
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gatehouse/app/desk"
	"gatehouse/app/web"
	"gatehouse/store"
	"gatehouse/store/fault"
)

// asJSON reports whether a script sent the form and shows problems itself.
func asJSON(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// decode reads what was sent, keeping it as it was typed.
func (f *proofForm) decode(r *http.Request) (in desk.ProofInput, err error) {
	f.In = store.NewProof{Once: web.Str(r, "once"), Failed: f.Failed, Reason: web.Str(r, "reason"), Receiver: web.Str(r, "receiver"), Note: web.Str(r, "note")}
	f.Lat, f.Lon, f.Accuracy, f.Sign = web.Str(r, "lat"), web.Str(r, "lon"), web.Str(r, "accuracy"), web.Str(r, "signature")
	f.In.Lat, f.In.Lon, f.In.Accuracy = roadNumber(f.Lat), roadNumber(f.Lon), roadNumber(f.Accuracy)
	if at, err := time.Parse(time.RFC3339, web.Str(r, "at")); err == nil {
		f.In.At = at
	}
	var bad fault.Problems
	for n, i := range f.Items {
		name := "item_" + strconv.Itoa(n)
		f.Rejected[n] = rejectForm{web.Str(r, name+"_rejected"), web.Str(r, name+"_reason")}
		if f.Rejected[n].Number == "" || f.Failed {
			continue
		}
		number, err := strconv.ParseFloat(strings.ReplaceAll(f.Rejected[n].Number, ",", "."), 64)
		if err != nil {
			bad.Add(name+"_rejected", "Give how many were rejected, or leave it empty.")
		} else if number != 0 {
			f.In.Rejected = append(f.In.Rejected, store.Rejection{Item: i.ID, Number: number, Reason: f.Rejected[n].Reason})
		}
	}
	in = desk.ProofInput{NewProof: f.In}
	if in.Sign, err = signature(r, f.Sign); err != nil {
		bad.Add("signature", "The signature did not arrive whole. Please sign again.")
	}
	if err := bad.Err(); err != nil {
		return in, err
	}
	in.Pictures, err = uploads(r, "photos")
	return in, err
}

func roadNumber(text string) store.Num {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || v != v || v > 1e9 || v < -1e9 {
		return store.Num{}
	}
	return store.Some(v)
}

// signature is a drawing that came as a data address, or else a picture.
func signature(r *http.Request, drawn string) (io.Reader, error) {
	if drawn != "" {
		data, ok := strings.CutPrefix(drawn, "data:image/png;base64,")
		if !ok {
			return nil, fault.New(fault.Invalid, "not a drawing")
		}
		return base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)), nil
	}
	all, err := uploads(r, "signature_file")
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// uploads are the files that were sent under a name; empty ones are none.
func uploads(r *http.Request, name string) (out []io.Reader, err error) {
	if r.MultipartForm == nil {
		return nil, nil
	}
	for _, h := range r.MultipartForm.File[name] {
		if h.Size == 0 {
			continue
		}
		f, err := h.Open()
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}
