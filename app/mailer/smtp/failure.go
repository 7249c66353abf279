package smtp

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strings"
	"syscall"
)

// Stage is how far a letter came.
type Stage string

// The stages, in their order. A letter that fails at StageMessage was never
// offered to anybody.
const (
	StageMessage  Stage = "message"
	StageResolve  Stage = "resolve"
	StageConnect  Stage = "connect"
	StageGreeting Stage = "greeting"
	StageTLS      Stage = "tls"
	StageAuth     Stage = "auth"
	StageFrom     Stage = "from"
	StageTo       Stage = "to"
	StageData     Stage = "data"
)

// Failure is why a letter was not taken.
type Failure struct {
	Stage     Stage
	Code      int    // the server's, 0 when it said nothing
	Reply     string // the server's own words, code included
	Temporary bool   // the same letter may pass later without anybody changing anything
	Hint      string // a sentence for the person who can do something about it
	Cause     error
}

func (f *Failure) Error() string {
	words := f.Reply
	if words == "" && f.Cause != nil {
		words = f.Cause.Error()
	}
	return fmt.Sprintf("mail %s: %s", f.Stage, words)
}

func (f *Failure) Unwrap() error { return f.Cause }

// Setup reports whether the failure is about the server or its settings, so
// that no other letter would fare better.
func (f *Failure) Setup() bool {
	switch f.Stage {
	case StageResolve, StageConnect, StageGreeting, StageTLS, StageAuth:
		return true
	case StageFrom:
		return !f.Temporary
	}
	return f.Code == 530 || f.Code == 421
}

var (
	errHeader = errors.New("a header that cannot be set")
	errEnd    = errors.New("the server ended the conversation")
	errFlood  = errors.New("the server says more than a mail server has to say")
	errClear  = errors.New("the password would be sent in the clear")
	errNoTLS  = errors.New("the server does not offer STARTTLS")
	errNoAuth = errors.New("the server offers no way to sign in that we know")
)

func unfit(stage Stage, hint string, cause error) *Failure {
	return &Failure{Stage: stage, Hint: hint, Cause: cause}
}

// failed turns what went wrong at a stage into a failure.
func failed(stage Stage, err error) *Failure {
	f := &Failure{Stage: stage, Cause: err, Temporary: true}
	if said, ok := errors.AsType[*textproto.Error](err); ok {
		f.Code, f.Reply = said.Code, fmt.Sprintf("%d %s", said.Code, line(said.Msg, 500))
		f.Temporary = said.Code/100 == 4
		f.Hint = hintCode(stage, said)
		return f
	}
	f.Temporary, f.Hint = hintError(stage, err)
	return f
}

func hintError(stage Stage, err error) (temporary bool, hint string) {
	if hint := hintCertificate(err); hint != "" {
		return false, hint
	}
	name, isName := errors.AsType[*net.DNSError](err)
	switch {
	case errors.Is(err, errClear):
		return false, hintClear
	case errors.Is(err, errNoTLS):
		return false, hintNoTLS
	case errors.Is(err, errNoAuth):
		return false, hintNoAuth
	case errors.Is(err, context.Canceled):
		return true, hintStopped
	case isName && name.IsNotFound:
		return false, hintNoHost
	case isName:
		return true, hintNameServer
	case errors.Is(err, context.DeadlineExceeded) && stage == StageConnect:
		return true, hintNoAnswer
	case errors.Is(err, context.DeadlineExceeded) && stage == StageGreeting:
		return true, hintSilent
	case stage == StageData:
		return true, hintUnknownEnd
	case errors.Is(err, context.DeadlineExceeded):
		return true, hintSlow
	case errors.Is(err, syscall.ECONNREFUSED):
		return true, hintRefused
	case stage == StageConnect:
		return true, hintNoWay
	case stage == StageGreeting:
		return true, hintNoGreeting
	case stage == StageTLS:
		return false, hintTLS
	}
	return true, hintBroken
}

func hintCertificate(err error) string {
	_, notTLS := errors.AsType[tls.RecordHeaderError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, otherName := errors.AsType[x509.HostnameError](err)
	invalid, isInvalid := errors.AsType[x509.CertificateInvalidError](err)
	switch {
	case notTLS:
		return hintNotTLS
	case unknown:
		return hintUnknownCA
	case otherName:
		return hintOtherName
	case isInvalid && invalid.Reason == x509.Expired:
		return hintExpired
	case isInvalid:
		return hintBadCert
	}
	return ""
}

// hintCode explains a refusal. Servers differ in their codes; the enhanced code
// at the beginning of the words says more where there is one.
func hintCode(stage Stage, said *textproto.Error) string {
	is := func(enhanced string) bool { return strings.HasPrefix(said.Msg, enhanced) }
	temporary := said.Code/100 == 4
	switch {
	case said.Code == 530 && stage != StageTLS:
		return hintWantsAuth
	case said.Code == 421:
		return hintBusy
	case stage == StageGreeting:
		return hintUnwelcome
	case stage == StageTLS:
		return hintTLS
	case stage == StageAuth && (is("5.7.9") || said.Code == 534):
		return hintAppPassword
	case stage == StageAuth && temporary:
		return hintAuthLater
	case stage == StageAuth:
		return hintPassword
	case stage == StageFrom && temporary, stage == StageData && temporary:
		return hintLater
	case stage == StageFrom:
		return hintSender
	case stage == StageTo && temporary:
		return hintRecipientLater
	case stage == StageTo && (is("5.7.") || strings.Contains(strings.ToLower(said.Msg), "relay")):
		return hintRelay
	case stage == StageTo:
		return hintRecipient
	case said.Code == 552 || is("5.3.4"):
		return hintTooBig
	}
	return hintContent
}
