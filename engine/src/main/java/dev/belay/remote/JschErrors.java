package dev.belay.remote;

import com.google.common.base.Throwables;
import com.jcraft.jsch.JSchException;
import dev.belay.remote.UnreachableException.Phase;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/** Says in words what JSch throws. */
record JschErrors(HostSettings settings, String address, int port) {

  UnreachableException translated(JSchException e, JschHostKeys hostKeys, boolean late) {
    String where = address + ":" + port;
    String said = String.valueOf(e.getMessage());
    Throwable root = Throwables.getRootCause(e);
    if (hostKeys.refusal().isPresent()) {
      return new UnreachableException(Phase.HOST_KEY, where + ": " + hostKeys.refusal().get(), e);
    } else if (late || said.contains("timeout")) {
      return new UnreachableException(
          Phase.CONNECT,
          where + " did not answer within " + settings.connectTimeout().toSeconds() + " s",
          e);
    } else if (root instanceof UnknownHostException) {
      return new UnreachableException(Phase.RESOLVE, "the name '" + address + "' is not known", e);
    } else if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
      return new UnreachableException(Phase.CONNECT, where + ": " + root.getMessage(), e);
    } else if (said.startsWith("Auth")) {
      return new UnreachableException(
          Phase.AUTHENTICATION, where + " refused to log us in: " + offered(said), e);
    } else if (said.contains("invalid privatekey") || said.contains("USERAUTH")) {
      return new UnreachableException(
          Phase.AUTHENTICATION, "a private key cannot be used: " + said, e);
    }
    boolean closed = said.contains("closed by foreign host") || said.contains("End of IO");
    return new UnreachableException(
        Phase.CONNECT, where + ": " + (closed ? "closed by the host before we were in" : said), e);
  }

  private String offered(String said) {
    String user = settings.user().map(name -> " as " + name).orElse("");
    String how = settings.password().isPresent() ? "key and password" : "key";
    return "no " + how + " was accepted" + user + " (" + said + ")";
  }
}
